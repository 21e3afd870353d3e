import Foundation
import TestSupport
import Testing

/// What programs in other languages, and kill -9, say of the tools. Skipped with a line where their means are absent.
@Suite(.serialized, .timeLimit(.minutes(5))) struct OracleTests {
  static let samples = ToolRunner.root + "/samples/tweets.ndjson.zst"
  static let bin = URL(fileURLWithPath: ToolRunner.path("query")).deletingLastPathComponent().path

  /// Runs a line of bash; its status and all that it wrote.
  static func bash(_ line: String) throws -> (status: Int32, text: String) {
    let process = Process()
    let results = TemporaryDirectory()
    _ = FileManager.default.createFile(atPath: results.file("all"), contents: nil)
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: results.file("all"))
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus,
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: results.file("all"))), as: UTF8.self)
    )
  }

  static func skipped(_ reason: String) { FileHandle.standardError.write(Data("skipped: \(reason)\n".utf8)) }

  @Test("sixty random queries on the samples give what a scan in Python gives") func queries() throws {
    guard try Self.bash("command -v python3").status == 0 else { return Self.skipped("no python3") }
    let folder = TemporaryDirectory()
    let tokens = folder.file("tokens.ndjson")
    let made = try Self.bash(
      "'\(Self.bin)/ingest' '\(Self.samples)' | head -4000 | '\(Self.bin)/tokenize' | grep '^{\"type\":\"tweet\"' > '\(tokens)'; test -s '\(tokens)'"
    )
    try #require(made.status == 0, "\(made.text)")
    let oracle = try Self.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/query_oracle.py' '\(Self.bin)' '\(tokens)' 60 \(7)")
    #expect(oracle.status == 0, "\(oracle.text)")
  }

  @Test(
    "while an index is rebuilt every answer is that of exactly one commit, and what arrives is found soon")
  func readers()
    throws
  {
    guard try Self.bash("command -v python3").status == 0 else { return Self.skipped("no python3") }
    let oracle = try Self.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/concurrent_readers.py' '\(Self.bin)' 12 2")
    #expect(oracle.status == 0, "\(oracle.text)")
  }

  @Test("the measures of a backtest are what a comparison in Python finds in the same rows") func backtest()
    throws
  {
    guard try Self.bash("command -v python3").status == 0 else { return Self.skipped("no python3") }
    let folder = TemporaryDirectory()
    let world = folder.file("world")
    let kinds = "--kind hashtag,cashtag,phrase"
    let made = try Self.bash(
      "'\(Self.bin)/bench' trend-world --tweets 12000 --bursts 24 --decoys 15 --out '\(world)'")
    try #require(made.status == 0, "\(made.text)")
    let measured = try Self.bash(
      "'\(Self.bin)/trend-compute' \(kinds) --step 20m --backtest '\(world)/labels.ndjson' -o '\(world)/rows' '\(world)/tweets.ndjson'"
    )
    try #require(measured.status == 0, "\(measured.text)")
    let oracle = try Self.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/trend_methods.py' '\(world)' --rows '\(world)/rows' --no-phrases"
    )
    try #require(oracle.status == 0, "\(oracle.text)")
    func numbers(_ text: Substring, _ pattern: Regex<(Substring, Substring, Substring)>) -> [String] {
      text.firstMatch(of: pattern).map { [String($0.1), String($0.2)] } ?? []
    }
    let lines = measured.text.split(separator: "\n")
    let row = oracle.text.split(separator: "\n").first ?? ""
    for (measure, pattern) in [
      ("recall", /recall (\d+)\/(\d+)/), ("precision_terms", /terms (\d+)\/(\d+)/),
      ("precision_rows", /rows (\d+)\/(\d+)/),
    ] {
      let line = lines.first { $0.contains("\"measure\":\"\(measure)\"") } ?? ""
      let found = numbers(line, /"(?:found|right)":(\d+),"of":(\d+)/)
      #expect(found.count == 2 && found == numbers(row, pattern), "\(measure): \(line) \(row)")
    }
  }

  @Test(
    "timelines of a made-up world, kept by two runs in two shards, are what the definition in Python says")
  func timelines() throws {
    guard try Self.bash("command -v python3").status == 0 else { return Self.skipped("no python3") }
    let folder = TemporaryDirectory().path
    let made = try Self.bash(
      """
      set -e; bin='\(Self.bin)'; mkdir -p '\(folder)'; cd '\(folder)'
      $bin/bench follow-world --users 1000 --edges 12000 --tweets 12000 --out world
      head -7000 world/activity.ndjson > one; tail -5000 world/activity.ndjson > two
      for shard in 0 1; do for part in two one; do
        $bin/fanout -s store-$shard --shard $shard/2 --push-below 60 --cap 300 --graph world/follows.tsv --quiet -- $part
      done; $bin/fanout -s store-$shard --verify; done
      """)
    try #require(made.status == 0, "\(made.text)")
    let oracle = try Self.bash(
      """
      cd '\(folder)' && python3 '\(ToolRunner.root)/Tests/Oracles/timeline_oracle.py' --bin '\(Self.bin)' \
        --store store-0 --store store-1 --graph world/follows.tsv --users 150 --cap 300 world/activity.ndjson
      """)
    #expect(oracle.status == 0 && oracle.text.contains("\"wrong\": 0"), "\(oracle.text)")
  }

  @Test("timelines loaded into a real Redis, and loaded again after a second run, are what query says")
  func redis()
    throws
  {
    guard try Self.bash("command -v python3 redis-server redis-cli").status == 0 else {
      return Self.skipped("no python3 or redis-server")
    }
    let folder = TemporaryDirectory()
    let made = try Self.bash(
      "'\(Self.bin)/bench' follow-world --users 1000 --edges 8000 --tweets 6000 --out '\(folder.file("world"))'"
    )
    try #require(made.status == 0, "\(made.text)")
    let loaded = try Self.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/redis_timelines.py' '\(Self.bin)' '\(folder.file("world"))'")
    #expect(loaded.status == 0 && loaded.text.contains("\"wrong\": 0"), "\(loaded.text)")
  }

  @Test(
    "every failing system call, and a kill at each, of ingest, index-build, trend-compute and fanout leaves the old or the new"
  )
  func faults() throws {
    guard let source = SharedFiles.path("fault/fault.c") else { return }
    guard try Self.bash("command -v python3 && command -v cc").status == 0 else {
      return Self.skipped("no python3 or cc")
    }
    let folder = TemporaryDirectory()
    let library = folder.file("fault.so")
    let built = try Self.bash("cc -shared -fPIC -O1 -o '\(library)' '\(source)' -ldl")
    try #require(built.status == 0, "\(built.text)")
    let sweep = try Self.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/fault_sweep.py' '\(Self.bin)' '\(library)'")
    #expect(sweep.status == 0, "\(sweep.text)")
    let counts = sweep.text.matches(of: /(\d+) faults, 0 violations/).compactMap { Int($0.1) }
    #expect(counts.count == 13 && counts.reduce(0, +) > 400, "\(sweep.text)")
  }

  @Test(
    "fifty kills at random moments leave the old commit or the new one, and the next run succeeds unaided")
  func kills() throws {
    let folder = TemporaryDirectory()
    func lines(_ range: Range<Int>, _ word: String) -> String {
      range.map {
        "{\"type\":\"tweet\",\"id\":\"\(1_034_898_743_869_534_208 + $0)\",\"created_at\":\"2018-08-29T20:21:02.000Z\",\"text\":\"crane \(word) \($0)\"}\n"
      }.joined()
    }
    let (old, new) = (folder.file("old"), folder.file("new"))
    try lines(0..<300, "old").write(toFile: old, atomically: true, encoding: .utf8)
    try lines(0..<6000, "new").write(toFile: new, atomically: true, encoding: .utf8)
    let base = folder.file("base")
    try #require(try ToolRunner.run("index-build", ["-i", base, old]).status == 0)
    let clock = ContinuousClock()
    let index = folder.file("index")
    func restore() throws {
      try? FileManager.default.removeItem(atPath: index)
      try FileManager.default.copyItem(atPath: base, toPath: index)
    }
    try restore()
    let whole = try clock.measure {
      try #require(try ToolRunner.run("index-build", ["-i", index, new]).status == 0)
    }
    let microseconds = max(Int(whole / .microseconds(1)), 1000)
    var random = SeededGenerator(seed: 11)
    var killed = 0
    for round in 0..<50 {
      try restore()
      let running = try ToolRunner.start("index-build", ["-i", index, new])
      usleep(UInt32(Int.random(in: 0..<microseconds, using: &random)))
      kill(running.identifier, SIGKILL)
      let outcome = running.finish()
      if outcome.status == -SIGKILL { killed += 1 }
      let count = try ToolRunner.run("query", ["-i", index, "--count", "crane"]).output
      #expect(count == "300\n" || count == "6000\n", "round \(round): \(count)")
      #expect(outcome.status == -SIGKILL || count == "6000\n")
      if round % 5 == 0 || count == "6000\n" {
        #expect(try ToolRunner.run("index-build", ["-i", index, "--verify", "full"]).status == 0)
        #expect(try ToolRunner.run("index-build", ["-i", index, new]).status == 0)
        #expect(try ToolRunner.run("query", ["-i", index, "--count", "crane new"]).output == "6000\n")
        let left = try FileManager.default.subpathsOfDirectory(atPath: index).filter { $0.contains(".tmp.") }
        #expect(left.isEmpty)
      }
    }
    #expect(killed >= 25, "only \(killed) were really killed")
  }
}
