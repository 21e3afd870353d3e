import Testing

@testable import QueryGrammar

@Suite struct GeoAreaTests {
  @Test("distances are those of the great circle (km)")
  func distances() {
    // One degree of the equator, a quarter of the girth, pole to pole, over the antimeridian, Berlin to Tokyo.
    #expect(abs(GeoArea.distance(0, 0, 1, 0) - 111.195_08) < 1e-4)
    #expect(abs(GeoArea.distance(0, 0, 90, 0) - 10_007.557_2) < 1e-3)
    #expect(abs(GeoArea.distance(17, 90, -123, -90) - 20_015.114_4) < 1e-3)
    #expect(abs(GeoArea.distance(179.5, 0, -179.5, 0) - 111.195_08) < 1e-4)
    #expect(abs(GeoArea.distance(13.405, 52.52, 139.6917, 35.6895) - 8_918) < 5)
  }

  @Test(
    "a box goes eastwards from west to east, also over the antimeridian; its borders belong to it",
    arguments: [
      (170, -50, -170, -30, 175, -40, true), (170, -50, -170, -30, -175, -40, true),
      (170, -50, -170, -30, 0, -40, false),
      (-170, -50, 170, -30, 175, -40, false), (170, -50, -170, -30, 170, -50, true),
      (170, -50, -170, -30, 175, -29, false),
      (10, 10, 10, 10, 10, 10, true), (-180, -90, 180, 90, 180, 90, true),
    ] as [(Double, Double, Double, Double, Double, Double, Bool)])
  func box(
    west: Double, south: Double, east: Double, north: Double, longitude: Double, latitude: Double, isIn: Bool
  ) {
    let area = GeoArea.box(west: west, south: south, east: east, north: north)
    #expect(area.contains(longitude: longitude, latitude: latitude) == isIn)
  }

  @Test("a circle holds its border, goes over the antimeridian and round a pole") func circle() {
    let fiji = GeoArea.circle(longitude: 179.9, latitude: -17, kilometres: 50)
    #expect(fiji.contains(longitude: -179.9, latitude: -17) && !fiji.contains(longitude: 178, latitude: -17))
    let pole = GeoArea.circle(longitude: 0, latitude: 89.9, kilometres: 30)
    #expect(pole.contains(longitude: 180, latitude: 89.9) && !pole.contains(longitude: 180, latitude: 89))
    let edge = GeoArea.circle(longitude: 0, latitude: 0, kilometres: GeoArea.distance(0, 0, 1, 0))
    #expect(edge.contains(longitude: 1, latitude: 0) && edge.contains(longitude: -1, latitude: 0))
  }
}
