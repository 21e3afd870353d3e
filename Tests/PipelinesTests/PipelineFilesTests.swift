import Foundation
import TestSupport
import Testing

/// Every file in `pipelines/` does on `samples/` what its first lines say.
@Suite struct PipelineFilesTests {
  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: ToolRunner.root + "/pipelines"))?.sorted() ?? []

  /// The tools come one by one; what a pipeline needs and is not there yet skips it.
  static let hasRejects = ToolRunner.understands("ingest", option: "rejects")

  static func truth(_ type: String, _ key: String, _ value: String) throws -> [String: Any] {
    let text = try String(contentsOfFile: ToolRunner.root + "/samples/truth.ndjson", encoding: .utf8)
    for line in text.split(separator: "\n") {
      let fact = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      if fact["type"] as? String == type, fact[key] as? String == value { return fact }
    }
    return [:]
  }

  @Test("it opens with a comment and is without fault", arguments: files) func check(file: String) throws {
    #expect(
      try String(contentsOfFile: ToolRunner.root + "/pipelines/" + file, encoding: .utf8).hasPrefix("# "))
    let result = try ToolRunner.run("pipeline", ["check", "pipelines/" + file])
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
  }

  @Test(
    "the demo indexes the samples: rejects and a planted burst are as the truth says",
    .enabled(if: hasRejects))
  func demo() throws {
    let folder = TemporaryDirectory()
    for _ in 0..<2 {
      let result = try ToolRunner.run(
        "pipeline", ["run", "pipelines/demo.yaml", "--var", "out=\(folder.path)"])
      #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    }
    let rejects = try String(contentsOfFile: folder.file("rejects.ndjson"), encoding: .utf8)
    let ledger = try Self.truth("ledger", "file", "tweets.ndjson.zst")
    #expect(rejects.split(separator: "\n").count == ledger["rejected"] as? Int)
    let burst = try Self.truth("burst", "term", "#CometNight")
    let count = try ToolRunner.run("query", ["-i", folder.file("index"), "#CometNight", "--count"]).output
    #expect(count == "\(burst["tweets"] as? Int ?? -1)\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "index", "rejects.ndjson", "timelines",
      ])
  }

  @Test("the archive is read through all its layers", .enabled(if: hasRejects)) func archive() throws {
    let folder = TemporaryDirectory()
    let result = try ToolRunner.run(
      "pipeline", ["run", "pipelines/archive.yaml", "--var", "out=\(folder.path)"])
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let lines = try String(contentsOfFile: folder.file("tweets.ndjson"), encoding: .utf8).split(
      separator: "\n")
    let ledger = try Self.truth("ledger", "file", "dump.tar")
    #expect(lines.count == ledger["written"] as? Int)
  }

  @Test("the trends of the samples hold every planted burst that is no spam", .enabled(if: hasRejects))
  func trends() throws {
    let folder = TemporaryDirectory()
    let result = try ToolRunner.run(
      "pipeline", ["run", "pipelines/trends.yaml", "--var", "out=\(folder.path)"])
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let lines = try String(contentsOfFile: folder.file("trends.ndjson"), encoding: .utf8).split(
      separator: "\n")
    #expect(lines.count > 500 && lines.allSatisfy { $0.hasPrefix("{\"type\":\"trend\",") })
    let text = try String(contentsOfFile: ToolRunner.root + "/samples/truth.ndjson", encoding: .utf8)
    var bursts = 0
    for line in text.split(separator: "\n") {
      let fact = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      guard fact["type"] as? String == "burst", fact["spam"] as? Bool == false else { continue }
      let term = (fact["term"] as? String ?? "").lowercased()
      #expect(lines.contains { $0.contains("\"term\":\"\(term)\"") }, "\(term)")
      bursts += 1
    }
    #expect(bursts == 11)
  }

  @Test(
    "hour by hour, each hour twice, the trends are those of one run over all, and a failed hour changes nothing",
    .enabled(if: hasRejects)) func hourly() throws
  {
    let folder = TemporaryDirectory()
    let all = try ToolRunner.run("ingest", ["samples/tweets.ndjson.zst", "-q"]).output
    var hours: [String: [Substring]] = [:]
    var hour = ""
    // A stretch of three hours a dump; what has no time of its own goes with the record before it.
    for line in all.split(separator: "\n") {
      if let time = line.firstMatch(of: /"created_at":"([0-9-]+T)([0-9]{2})/), let number = Int(time.2) {
        hour = "\(time.1)\(10 + number / 3)"
      }
      hours[hour, default: []].append(line)
    }
    #expect(hours.count > 20)
    func run(_ dump: String) throws -> Int32 {
      try ToolRunner.run(
        "pipeline",
        ["run", "pipelines/trends.yaml", "--var", "dump=\(dump)", "--var", "out=\(folder.file("out"))"]
      ).status
    }
    func kept() throws -> [Data] {
      try ["trends.ndjson", "seen", "state"].map {
        try Data(contentsOf: URL(fileURLWithPath: folder.file("out/" + $0)))
      }
    }
    var whole = ""
    for (number, hour) in hours.keys.sorted().enumerated() {
      let text = (hours[hour] ?? []).joined(separator: "\n") + "\n"
      whole += text
      let dump = folder.file("dump.ndjson")
      try text.write(toFile: dump, atomically: true, encoding: .utf8)
      #expect(try run(dump) == 0)
      guard number % 5 == 4 else { continue }
      let before = try kept()
      #expect(try run(dump) == 0)
      #expect(try run("/dev/null/none") != 0)
      #expect(try kept() == before, "hour \(hour)")
    }
    let input = folder.file("whole.ndjson")
    try whole.write(toFile: input, atomically: true, encoding: .utf8)
    let tokens = folder.file("tokens.ndjson")
    #expect(try ToolRunner.run("tokenize", [input, "-o", tokens]).status == 0)
    let once = try ToolRunner.run(
      "trend-compute",
      ["--kind", "hashtag,cashtag,phrase", "--baseline", "7d", "--state", folder.file("state"), tokens])
    #expect(once.output == (try String(contentsOfFile: folder.file("out/trends.ndjson"), encoding: .utf8)))
    #expect(once.output.utf8.count > 100_000)
  }
}
