import Testing

@testable import Trends

@Suite struct PlaceNameTests {
  @Test("the world, countries, places, languages, each in byte order") func order() {
    let names = ["lang:ja", "place:b", "country:US", "lang:de", "world", "country:DE", "place:a"]
    let sorted = names.map { PlaceName(Array($0.utf8)) }.sorted().map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    #expect(sorted == ["world", "country:DE", "country:US", "place:a", "place:b", "lang:de", "lang:ja"])
  }

  @Test("its own name has no level") func name() {
    #expect(PlaceName(Array("country:US".utf8)).name == Array("US".utf8))
    #expect(PlaceName(Array("place:a:b".utf8)).name == Array("a:b".utf8))
    #expect(PlaceName(Array("world".utf8)).name == Array("world".utf8))
  }
}
