internal import Glibc

/// A part of the earth, in degrees east and north. Borders belong to it.
public enum GeoArea: Equatable, Sendable {
  /// All within a distance along the surface.
  case circle(longitude: Double, latitude: Double, kilometres: Double)
  /// From west eastwards to east, also over the antimeridian, and from south to north.
  case box(west: Double, south: Double, east: Double, north: Double)
  /// A circle whose radius may stand in a clause beside it; only while a query is read.
  case near(longitude: Double, latitude: Double, kilometres: Double?)

  /// The mean radius of the earth, by which the IUGG's sphere has it (Moritz, "Geodetic Reference System 1980").
  static let earthRadius = 6371.0088

  /// Whether a point lies in it. Distances are great circles (haversine); the earth being no sphere, they are off by up to
  /// 0.5 %. - Complexity: O(1).
  public func contains(longitude: Double, latitude: Double) -> Bool {
    switch self {
    case .box(let west, let south, let east, let north):
      guard latitude >= south, latitude <= north else { return false }
      return west <= east
        ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
    case .circle(let centreLongitude, let centreLatitude, let kilometres):
      return Self.distance(centreLongitude, centreLatitude, longitude, latitude) <= kilometres
    case .near(let centreLongitude, let centreLatitude, let kilometres):
      let radius = kilometres ?? GeoReader.radiusOfNear
      return Self.distance(centreLongitude, centreLatitude, longitude, latitude) <= radius
    }
  }

  /// Kilometres between two points.
  static func distance(
    _ longitude: Double, _ latitude: Double, _ otherLongitude: Double, _ otherLatitude: Double
  )
    -> Double
  {
    let radians = Double.pi / 180
    let north = sin((otherLatitude - latitude) * radians / 2)
    let east = sin((otherLongitude - longitude) * radians / 2)
    let square = north * north + cos(latitude * radians) * cos(otherLatitude * radians) * east * east
    return 2 * earthRadius * asin(min(1, square.squareRoot()))
  }
}

/// Reads areas in the dialects' forms.
enum GeoReader {
  /// What `near:` means without `within:`, as on Twitter: 15 miles.
  static let radiusOfNear = 15 * kilometresOfMile
  static let kilometresOfMile = 1.609344
  /// Half of the earth's girth: what holds everything.
  static let greatestRadius = 20_038.0

  /// `point_radius:[lon lat r]`.
  static func pointRadius(_ value: OperatorValue) throws(QueryError) -> GeoArea {
    let parts = numbers(value)
    guard parts.count == 3 else {
      throw QueryError(
        value.column, "expected [longitude latitude radius], found \"\(value.text)\"",
        hint: "point_radius:[13.4 52.5 10km]")
    }
    let point = try point(longitude: parts[0], latitude: parts[1], value.column)
    return .circle(
      longitude: point.longitude, latitude: point.latitude, kilometres: try radius(parts[2], value.column))
  }

  /// `bounding_box:[west south east north]`.
  static func box(_ value: OperatorValue) throws(QueryError) -> GeoArea {
    let parts = numbers(value)
    guard parts.count == 4 else {
      throw QueryError(
        value.column, "expected [west south east north], found \"\(value.text)\"",
        hint: "bounding_box:[13.0 52.3 13.8 52.7]")
    }
    let low = try point(longitude: parts[0], latitude: parts[1], value.column)
    let high = try point(longitude: parts[2], latitude: parts[3], value.column)
    guard low.latitude <= high.latitude else {
      throw QueryError(
        value.column, "a box whose south lies north of its north: \(value.text)",
        hint: "the order is [west south east north]")
    }
    return .box(west: low.longitude, south: low.latitude, east: high.longitude, north: high.latitude)
  }

  /// `geocode:lat,lon,r` and `near:lat,lon`, the latter with or without a radius.
  static func geocode(_ name: String, _ value: OperatorValue) throws(QueryError) -> GeoArea {
    let parts = numbers(value)
    let needsRadius = name == "geocode"
    guard parts.count == 3 || parts.count == 2 && !needsRadius, number(parts[0]) != nil else {
      if !needsRadius {
        throw QueryError(
          value.column, "expected near:latitude,longitude: names of places are not known here",
          hint: "near:52.5,13.4 within:10km, or place:\"\(value.text)\"")
      }
      throw QueryError(
        value.column, "expected latitude,longitude,radius, found \"\(value.text)\"",
        hint: "geocode:52.5,13.4,10km")
    }
    let point = try point(longitude: parts[1], latitude: parts[0], value.column)
    guard parts.count == 3 else {
      return .near(longitude: point.longitude, latitude: point.latitude, kilometres: nil)
    }
    return .circle(
      longitude: point.longitude, latitude: point.latitude, kilometres: try radius(parts[2], value.column))
  }

  /// `10km`, `10mi`; kilometres where no unit is given.
  static func radius(_ text: String, _ column: Int) throws(QueryError) -> Double {
    let isMiles = text.hasSuffix("mi")
    let digits = isMiles || text.hasSuffix("km") ? String(text.dropLast(2)) : text
    guard let value = number(digits), value > 0 else {
      throw QueryError(column, "expected a distance, found \"\(text)\"", hint: "10km or 6mi")
    }
    let kilometres = isMiles ? value * kilometresOfMile : value
    guard kilometres <= greatestRadius else {
      throw QueryError(
        column, "a distance of more than half the earth: \(text)", hint: "at most 20038km or 12450mi")
    }
    return kilometres
  }

  private static func numbers(_ value: OperatorValue) -> [String] {
    value.text.split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text),
      value.isFinite
    else { return nil }
    return value
  }

  private static func point(longitude: String, latitude: String, _ column: Int) throws(QueryError) -> (
    longitude: Double, latitude: Double
  ) {
    guard let east = number(longitude), abs(east) <= 180 else {
      throw QueryError(column, "expected a longitude from -180 to 180, found \"\(longitude)\"")
    }
    guard let north = number(latitude), abs(north) <= 90 else {
      throw QueryError(
        column, "expected a latitude from -90 to 90, found \"\(latitude)\"",
        hint: abs(east) <= 90 ? "are longitude and latitude in the other order?" : nil)
    }
    return (east, north)
  }
}
