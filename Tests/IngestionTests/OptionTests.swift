import Foundation
import TestSupport
import Testing

/// The options of `ingest` through the whole program.
@Suite struct OptionTests {
  private func run(_ input: String, _ words: [String]) throws -> IngestRun? {
    guard let program = IngestRun.program else { return nil }
    return try IngestRun(Data(input.utf8), words, program: program)
  }

  static let snapshots = [
    IngestRun.tweet("12", "old", ",\"favorite_count\":9,\"retweet_count\":1"), IngestRun.tweet("11", "one"),
    IngestRun.tweet("12", "new", ",\"favorite_count\":3,\"retweet_count\":2"),
  ].joined(separator: "\n")

  @Test("first keeps the first, last the last, richest the highest counts, off all")
  func dedupe() throws {
    func texts(_ mode: String) throws -> [String]? {
      try run(Self.snapshots, ["--dedupe", mode])?.records.map { $0["text"] as? String ?? "" }
    }
    guard let first = try texts("first") else { return }
    #expect(first == ["old", "one"])
    #expect(try texts("last") == ["one", "new"])
    #expect(try texts("off") == ["old", "one", "new"])
    let richest = try #require(try run(Self.snapshots, ["--dedupe", "richest"]))
    #expect(richest.output.last?.contains(#""text":"new","#) == true)
    #expect(richest.output.last?.contains(#""counts":{"likes":9,"retweets":2}"#) == true)
    #expect(richest.count("duplicate") == 1)
  }

  @Test("seen remembers ids over runs and refuses a damaged file")
  func seen() throws {
    let folder = TemporaryDirectory()
    let words = ["--seen", folder.file("seen")]
    guard let first = try run(Self.snapshots, words) else { return }
    #expect(first.count("written") == 2)
    let second = try #require(try run(Self.snapshots + "\n" + IngestRun.tweet("13"), words))
    #expect(second.count("written") == 1)
    #expect(second.count("duplicate") == 3)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("seen")))
    bytes[20] ^= 1
    try bytes.write(to: URL(fileURLWithPath: folder.file("seen")))
    let third = try #require(try run(Self.snapshots, words))
    #expect(third.status == 65)
    #expect(third.errors.contains("corrupt:"))
  }

  @Test("since and until bound the time, and tombstones pass")
  func times() throws {
    let input = """
      {"id":1,"created_at":"2018-08-28T23:59:59Z","text":"a"}
      {"id":2,"created_at":"2018-08-29T00:00:00Z","text":"b"}
      {"id":3,"created_at":"2018-08-30T00:00:00Z","text":"c"}
      {"delete":{"status":{"id_str":"5"},"timestamp_ms":"1"}}
      """
    guard let run = try run(input, ["--since", "2018-08-29", "--until", "2018-08-30"]) else { return }
    #expect(run.records.map { $0["id"] as? String } == ["2", "5"])
    #expect(run.count("filtered") == 2)
  }

  @Test("a sample keeps the same ids in every run, and about its part of them")
  func sample() throws {
    let input = (1...4000).map { IngestRun.tweet("\($0)") }.joined(separator: "\n")
    guard let run = try run(input, ["--sample", "10%"]) else { return }
    #expect((320...480).contains(run.count("written")))
    let more = try #require(try self.run(input, ["--sample", "0.2", "--threads", "1"]))
    let ids = Set(more.records.compactMap { $0["id"] as? String })
    #expect(run.records.allSatisfy { ids.contains($0["id"] as? String ?? "") })
  }

  @Test("assigned ids carry time, worker and sequence")
  func assign() throws {
    let input = "created_at,text\n" + String(repeating: "2018-08-29T20:21:02Z,x\n", count: 4098)
    guard let run = try run(input, ["--assign-ids", "--worker", "5"]) else { return }
    let ids = run.records.compactMap { UInt64($0["id"] as? String ?? "") }
    #expect(ids.count == 4098)
    #expect(Set(ids).count == 4098)
    #expect(ids.first == UInt64(1_535_574_062_000 - 1_288_834_974_657) << 22 | 5 << 12)
    #expect(ids[4096] >> 22 == ids[0] >> 22 + 1)
  }

  @Test("strict refuses what is else counted as a finding")
  func strict() throws {
    let long = IngestRun.tweet("11", String(repeating: "x", count: 281))
    let early =
      #"{"id_str":"1034898743869534208","created_at":"Wed Aug 29 20:20:02 +0000 2018","text":"x"}"#
    guard let run = try run(long + "\n" + early, []) else { return }
    #expect(run.count("written") == 2)
    #expect(run.count("finding_over_length") == 1)
    #expect(run.count("finding_time_mismatch") == 1)
    #expect(try self.run(long + "\n" + early, ["--strict"])?.reasons == ["over-length", "time-mismatch"])
  }

  @Test("a time over an hour past its id's, or past --now, is in the future")
  func future() throws {
    let byID =
      #"{"id_str":"1034898743869534208","created_at":"Wed Aug 29 21:22:02 +0000 2018","text":"x"}"#
    let old = IngestRun.tweet("11") + "\n" + IngestRun.tweet("12")
    guard let run = try run(byID + "\n" + old, []) else { return }
    #expect(run.reasons == ["future-time"])
    #expect(try self.run(byID + "\n" + old, ["--now", "2018-08-29T19:00:00Z"])?.reasons.count == 3)
  }

  @Test("exit statuses tell missing input, wrong usage, too many rejects and nothing recognised")
  func statuses() throws {
    guard let missing = try run("", ["/does/not/exist"]) else { return }
    #expect(missing.status == 66)
    #expect(try run("", ["--dedupe", "maybe"])?.status == 2)
    #expect(try run("", ["--rules", "x"])?.status == 2)
    #expect(try run("", ["--csv-map", "idd=x"])?.status == 2)
    #expect(try run("nonsense\n", [])?.status == 65)
    #expect(try run("", [])?.status == 0)
    let many = try #require(try run("x\ny\n" + IngestRun.tweet("11"), ["--max-rejects", "1"]))
    #expect(many.status == 65)
    #expect(many.output.isEmpty)
    #expect(many.rejects.isEmpty)
  }

  @Test("folders are read in the order of their names, and quoted patterns are matched")
  func folders() throws {
    guard let program = IngestRun.program else { return }
    let folder = TemporaryDirectory()
    for (name, id) in [("b.json", "2"), ("a.json", "1"), ("Z.json", "3"), (".hidden.json", "4")] {
      try Data(IngestRun.tweet(id).utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    }
    let all = try IngestRun(Data(), [folder.path], program: program)
    #expect(all.records.map { $0["id"] as? String } == ["3", "1", "2"])
    let some = try IngestRun(Data(), [folder.file("[ab].js?n")], program: program)
    #expect(some.records.map { $0["id"] as? String } == ["1", "2"])
    #expect(try IngestRun(Data(), [folder.file("*.csv")], program: program).status == 66)
  }
}
