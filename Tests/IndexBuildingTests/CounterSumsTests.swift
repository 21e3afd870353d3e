import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct CounterSumsTests {
  static func sums(_ lines: [String]) throws -> CounterSums {
    let folder = TemporaryDirectory()
    try IndexLab.write(Array(lines.joined(separator: "\n").utf8), to: folder.file("c"))
    var sums = CounterSums()
    try sums.read([folder.file("c")])
    return sums
  }

  @Test("partial sums of one tweet add up, and end at the greatest and the least number") func addition()
    throws
  {
    let sums = try Self.sums([
      "{\"type\":\"counters\",\"id\":\"7\",\"likes\":2}", "",
      "{\"type\":\"counters\",\"id\":\"8\",\"quotes\":9223372036854775807}",
      "{\"type\":\"counters\",\"id\":\"7\",\"likes\":3,\"replies\":1}",
      "{\"type\":\"counters\",\"id\":\"8\",\"quotes\":5}",
      "{\"type\":\"counters\",\"id\":\"9\",\"likes\":-9223372036854775807}",
      "{\"type\":\"counters\",\"id\":\"9\",\"likes\":-9223372036854775807}",
    ])
    #expect(sums.tweets[7] == CounterSums.Counts(likes: 5, replies: 1))
    #expect(sums.tweets[8] == CounterSums.Counts(quotes: .max))
    #expect(sums.tweets[9] == CounterSums.Counts(likes: .min))
    #expect(sums.records == 6)
  }

  @Test(
    "what is no record of counters is told with its line",
    arguments: [
      "{\"type\":\"tweet\",\"id\":\"7\"}", "{\"type\":\"counters\"}", "{\"type\":\"counters\",\"id\":\"x\"}",
      "{\"type\":\"counters\",\"id\":\"7\",\"likes\":\"2\"}", "[",
      "{\"type\":\"counters\",\"id\":\"7\",\"likes\":1.5}",
    ])
  func bad(line: String) throws {
    #expect { try Self.sums(["{\"type\":\"counters\",\"id\":\"7\"}", line]) } throws: { error in
      (error as? CounterError)?.line == 2
    }
  }

  @Test("counts of live tweets rise to the sums, and never fall; repeating changes nothing") func raise()
    throws
  {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    let low = "\"counts\":{\"likes\":1,\"retweets\":9}"
    try IndexLab.build(path, [IndexLab.tweet(1000, "a", low), IndexLab.tweet(1001, "b")], every: 1)
    try IndexLab.build(path, [IndexLab.tweet(1002, "c"), "{\"type\":\"delete\",\"id\":\"1002\"}"])
    let sums = try Self.sums(
      (1000...1003).map { "{\"type\":\"counters\",\"id\":\"\($0)\",\"likes\":5,\"retweets\":3}" })
    let writer = try IndexWriter(path, threads: 1)
    #expect(try writer.raise(sums) == 2)
    try writer.commit()
    #expect(
      try IndexLab.dump(path) == [
        IndexLab.tweet(1000, "a", "\"counts\":{\"likes\":5,\"retweets\":9}"),
        IndexLab.tweet(1001, "b", "\"counts\":{\"likes\":5,\"retweets\":3}"),
        "{\"type\":\"delete\",\"id\":\"1002\"}",
      ])
    #expect(try writer.raise(sums) == 0)
    #expect(try IndexLab.problems(path) == [])
  }
}
