import Foundation
import TestSupport
import Testing

/// `--clusters` beside the other options, through the whole program.
@Suite struct ClusterWriterTests {
  static let storks = "Storks are back in the north"

  private func run(_ lines: [String], _ words: String...) throws -> IngestRun? {
    guard let program = IngestRun.program else { return nil }
    return try IngestRun(
      Data(lines.joined(separator: "\n").utf8), ["--clusters"] + words, program: program)
  }

  private func clusters(_ run: IngestRun) -> [String] {
    run.records.map { ($0["id"] as? String ?? "?") + ":" + ($0["cluster"] as? String ?? "-") }
  }

  @Test("the first of each cluster gives its id, and short texts get none") func first() throws {
    let lines = [
      IngestRun.tweet("12", Self.storks), IngestRun.tweet("11", "hello"),
      IngestRun.tweet("13", "@anna \(Self.storks) 2018 #storks"),
      IngestRun.tweet("14", "the train is late again this morning"),
    ]
    guard let run = try run(lines) else { return }
    #expect(clusters(run) == ["12:12", "11:-", "13:12", "14:14"])
    #expect(run.count("clustered") == 1)
    #expect(run.count("written") == 4)
  }

  @Test("a retweet has the cluster of the text it repeats, with its original or without") func retweets()
    throws
  {
    let whole = Self.storks + ", and so many of them that nobody can count them any more this year"
    let lines = [
      IngestRun.tweet("12", whole),
      IngestRun.tweet(
        "13", "RT @anna: Storks are back in the n…", ",\"retweeted_status\":" + IngestRun.tweet("12", whole)),
      IngestRun.tweet("14", "RT @anna: " + whole),
      #"{"id":"15","created_at":"2018-08-29T20:21:02Z","text":"RT @bea: RT @anna: \#(whole)"}"#,
    ]
    guard let run = try run(lines) else { return }
    #expect(clusters(run) == ["12:12", "13:12", "14:12", "15:12"])
  }

  @Test("where a link leads does not matter") func links() throws {
    let lines = ["example.org/storks/return", "example.com/cats/and/dogs"].enumerated().map {
      number, target in
      IngestRun.tweet(
        "1\(number)", Self.storks + " https://t.co/x\(number)",
        ",\"entities\":{\"urls\":[{\"url\":\"https://t.co/x\(number)\",\"expanded_url\":\"https://\(target)\"}]}"
      )
    }
    guard let run = try run(lines) else { return }
    #expect(clusters(run) == ["10:10", "11:10"])
  }

  @Test("what is not written begins no cluster: duplicates, filtered ones, ids seen before") func unwritten()
    throws
  {
    let folder = TemporaryDirectory()
    let lines = [
      IngestRun.tweet("11", Self.storks), IngestRun.tweet("12", "hello"),
      IngestRun.tweet("12", "the train is late again this morning"),
      IngestRun.tweet("13", "the train is late again this morning"), IngestRun.tweet("14", Self.storks),
    ]
    guard let run = try run(lines, "--seen", folder.file("seen")) else { return }
    #expect(clusters(run) == ["11:11", "12:-", "13:13", "14:11"])
    let more = try #require(
      try self.run(lines + [IngestRun.tweet("15", Self.storks)], "--seen", folder.file("seen")))
    #expect(clusters(more) == ["15:15"])
    #expect(more.count("clustered") == 0)
    let early = #"{"id":"9","created_at":"2018-08-01T00:00:00Z","text":"\#(Self.storks)"}"#
    let late = try #require(try self.run([early] + lines, "--since", "2018-08-02"))
    #expect(clusters(late) == ["11:11", "12:-", "13:13", "14:11"])
  }

  @Test("last and richest go by the text that is kept and the order of ids", arguments: ["last", "richest"])
  func snapshots(mode: String) throws {
    let lines = [
      IngestRun.tweet("14", Self.storks), IngestRun.tweet("12", Self.storks, ",\"favorite_count\":9"),
      IngestRun.tweet("13", Self.storks),
      IngestRun.tweet("12", "the train is late again this morning", ",\"favorite_count\":3"),
    ]
    guard let run = try run(lines, "--dedupe", mode) else { return }
    #expect(clusters(run) == ["12:12", "13:13", "14:13"])
    let likes = mode == "last" ? 3 : 9
    #expect(run.output[0].contains("\"counts\":{\"likes\":\(likes)},\"cluster\":\"12\"}"))
  }

  @Test("assigned ids name clusters", arguments: ["first", "last"]) func assigned(mode: String) throws {
    let lines = ["created_at,text"] + (0..<3).map { _ in "2018-08-29T20:21:02Z,\(Self.storks)" }
    guard let run = try run(lines, "--assign-ids", "--dedupe", mode) else { return }
    let ids = run.records.map { $0["id"] as? String ?? "" }
    #expect(Set(ids).count == 3 && ids.allSatisfy { $0.count > 10 })
    #expect(clusters(run) == ids.map { $0 + ":" + ids[0] })
  }

  @Test("canonical records get their clusters anew, in front of spam and tokens") func canonical() throws {
    func record(_ id: Int, _ text: String) -> String {
      #"{"type":"tweet","id":"\#(id)","created_at":"2018-08-29T20:21:02.000Z","text":"\#(text)","cluster":"7","#
        + #""spam":{"score":0.5},"analyzer":"x","tokens":["a",["b","c"]]}"#
    }
    guard let run = try run([record(11, Self.storks), record(12, "hello")]) else { return }
    #expect(
      run.output == [
        record(11, Self.storks).replacingOccurrences(of: "\"7\"", with: "\"11\""),
        record(12, "hello").replacingOccurrences(of: "\"cluster\":\"7\",", with: ""),
      ])
    let program = try #require(IngestRun.program)
    let plain = try IngestRun(Data(record(11, Self.storks).utf8), [], program: program)
    #expect(plain.output == [record(11, Self.storks)])
  }

  @Test("the number of threads does not show, and embedded tweets count where they are written")
  func threads() throws {
    let texts = (0..<50).map { "the storks of \(String(repeating: "north ", count: $0 % 7 + 1))are number" }
    let lines = (0..<20_000).map { number in
      IngestRun.tweet(
        "\(100_000 + number)", texts[number % 50] + " \(number)",
        number % 3 == 0
          ? ",\"quoted_status\":" + IngestRun.tweet("\(200_000 + number)", texts[number % 49]) : "")
    }
    guard let one = try run(lines, "--expand", "--threads", "1") else { return }
    let four = try #require(try run(lines, "--expand", "--threads", "4"))
    #expect(one.output == four.output)
    #expect(one.count("clustered") == four.count("clustered") && one.count("expanded") == 6667)
    #expect(one.records.allSatisfy { $0["cluster"] != nil })
  }
}
