import Foundation
import TestSupport
import Testing

/// The program itself: statuses, signals, silence.
@Suite struct PipelineProgramTests {
  let folder = TemporaryDirectory()

  func start(_ yaml: String, _ words: [String]) throws -> RunningTool {
    try yaml.write(toFile: folder.file("p.yaml"), atomically: true, encoding: .utf8)
    return try ToolRunner.start("pipeline", words, in: folder.path)
  }

  func run(_ yaml: String, _ words: String...) throws -> ToolRunner.Outcome {
    try start(yaml, words).finish()
  }

  static let good = "pipeline: p\nvars: { n: 3 }\nstages:\n  a: { run: seq 1 $n, to: out/x }\n"

  @Test("quiet when all is well") func quiet() throws {
    let done = try run(Self.good, "run", "p.yaml", "--var", "n=2", "--stats", "s.json")
    #expect(done.status == 0 && done.output == "" && done.errors == "")
    #expect(try String(contentsOfFile: folder.file("out/x"), encoding: .utf8) == "1\n2\n")
    let stats = try String(contentsOfFile: folder.file("s.json"), encoding: .utf8)
    #expect(stats.contains("\"a.status\":0") && stats.contains("\"a.milliseconds\":"))
  }

  @Test("check names every fault and exits 78") func check() throws {
    #expect(try run(Self.good, "check", "p.yaml").status == 0)
    let bad = try run("pipeline: p\nstages:\n  a: { run: seq $n, form: b }\n", "check", "p.yaml")
    #expect(bad.status == 78)
    #expect(
      bad.errors == """
        pipeline: error: p.yaml:3:17: expected a variable from vars, found $n; set it under vars; the environment is not searched
        pipeline: error: p.yaml:3:21: expected one of run, from, in, to, reads, writes, ok, env, found "form"; did you mean from?

        """)
    #expect(!FileManager.default.fileExists(atPath: folder.file("out")))
  }

  @Test("wrong usage is 2, a missing file 66, a missing program 78") func usage() throws {
    #expect(try run(Self.good, "rum", "p.yaml").errors.contains("did you mean run?"))
    #expect(try run(Self.good).status == 2)
    #expect(try run(Self.good, "run").status == 2)
    #expect(try run(Self.good, "run", "p.yaml", "--var", "n").status == 2)
    #expect(try run(Self.good, "run", "q.yaml").status == 66)
    #expect(try run("pipeline: p\nstages: { a: { run: nosuchprogram } }\n", "run", "p.yaml").status == 78)
    #expect(try run("pipeline: p\nstages: { a: { run: cat, in: nothing } }\n", "run", "p.yaml").status == 66)
  }

  @Test("a failure shows the stage's last words and exits with its status; a signal is 70") func failure()
    throws
  {
    let failed = try run(
      "pipeline: p\nstages:\n  a: { run: \"sh -c 'echo why >&2; exit 65'\" }\n  b: { run: cat, from: a }\n",
      "run", "p.yaml")
    #expect(failed.status == 65)
    #expect(
      failed.errors
        == "pipeline: a: why\npipeline: error: p: stage a ended with status 65; nothing was published\n")
    let killed = try run("pipeline: p\nstages:\n  a: { run: \"sh -c 'kill -9 $$'\" }\n", "run", "p.yaml")
    #expect(killed.status == 70 && killed.errors.contains("stage a was killed by signal 9 (Killed)"))
  }

  @Test("SIGINT and SIGTERM end all stages and leave nothing", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let runner = try start(
      "pipeline: p\nstages:\n  a: { run: 'sh -c \"echo x; sleep 77.\(signal)\"', to: x }\n  b: { run: sleep 77.\(signal) }\n",
      ["run", "p.yaml"])
    while children(of: runner.identifier).count < 2 { usleep(10_000) }
    usleep(100_000)
    kill(runner.identifier, signal)
    let ended = runner.finish()
    #expect(ended.status == 128 + signal)
    #expect(ended.errors.contains("nothing was published"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["p.yaml"])
    #expect(areGone("77.\(signal)"))
  }

  @Test("a signal that a parent made it ignore, as nohup does, stays ignored")
  func ignored() throws {
    let script = "trap '' HUP; '\(ToolRunner.path("pipeline"))' run p.yaml & sleep 0.2; kill -HUP $!; wait $!"
    try "pipeline: p\nstages:\n  a: { run: \"sh -c 'sleep 0.5; echo x'\", to: x }\n".write(
      toFile: folder.file("p.yaml"), atomically: true, encoding: .utf8)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script]
    shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try String(contentsOfFile: folder.file("x"), encoding: .utf8) == "x\n")
  }

  @Test("kill -9 of the runner takes its stages with it, and the next run is none the worse") func killed()
    throws
  {
    let runner = try start(
      "pipeline: p\nstages:\n  a: { run: sleep 78.9 }\n  b: { run: \"sh -c 'wc -l; touch seen'\", from: a, to: x }\n",
      ["run", "p.yaml"])
    while children(of: runner.identifier).count < 2 { usleep(10_000) }
    kill(runner.identifier, SIGKILL)
    #expect(runner.finish().status == -SIGKILL)
    #expect(areGone("78.9"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("x")))
    #expect(try run("pipeline: p\nstages:\n  b: { run: echo, to: x }\n", "run", "p.yaml").status == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".tmp") } == [])
  }

  @Test("graph prints each format") func graph() throws {
    #expect(try run(Self.good, "graph", "p.yaml").output == "p\n`-- a: seq 1 3  > out/x\n")
    for (format, start) in [("dot", "digraph"), ("mermaid", "flowchart"), ("svg", "<svg")] {
      #expect(try run(Self.good, "graph", "p.yaml", "--format", format).output.hasPrefix(start))
    }
    #expect(try run(Self.good, "graph", "p.yaml", "--format", "png").status == 2)
  }

  private func children(of process: Int32) -> [String] {
    let path = "/proc/\(process)/task/\(process)/children"
    return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").map(String.init)
  }

  /// Whether nothing runs any more with that word in its command; grandchildren of the runner take a moment to die.
  private func areGone(_ word: String) -> Bool {
    for _ in 0..<100 {
      let commands = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap {
        try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8)
      }
      if !commands.contains(where: { $0.contains(word) }) { return true }
      usleep(50_000)
    }
    return false
  }
}
