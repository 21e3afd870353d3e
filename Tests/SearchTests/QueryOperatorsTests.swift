import Bytes
import Testing

@testable import Search

@Suite struct QueryOperatorsTests {
  @Test(
    "every operator that is offered is answered, and refuses an empty value", arguments: QueryOperators.names)
  func answered(name: String) {
    let values = ["5", "2018-01-01", "media"]
    #expect(values.contains { (try? QueryParser.parse("\(name):\($0)")) != nil })
    #expect(throws: QueryError.self) { _ = try QueryParser.parse("\(name):") }
  }

  @Test("the nearest name is by edits, then by order") func nearest() {
    #expect(Nearest.match("lagn", ["lang", "lat"]) == "lang")
    #expect(Nearest.match("qqqqqq", ["lang"]) == nil)
    #expect(Nearest.match("qqqqqq", ["lang"], anyDistance: true) == "lang")
    #expect(Nearest.match(String(repeating: "x", count: 100_000), ["lang"]) == nil)
  }
}
