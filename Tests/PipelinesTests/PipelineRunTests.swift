import Bytes
import Foundation
import TestSupport
import Testing

@testable import Pipelines

@Suite struct PipelineRunTests {
  @Test("one stage feeds three readers of different speed, each gets everything") func fanOut() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: seq 1 300000 }
        fast: { run: cat, from: make, to: $d/fast }
        slow: { run: 'sh -c "sleep 0.3; cat"', from: make, to: $d/slow }
        lazy: { run: 'sh -c "while read -r line; do echo $$line; done | tail -n 1"', from: make, to: $d/lazy }
      """)
    #expect(report.isDone)
    let all = (1...300_000).map { "\($0)\n" }.joined()
    #expect(fixture.text("fast") == all)
    #expect(fixture.text("slow") == all)
    #expect(fixture.text("lazy") == "300000\n")
    #expect(fixture.names == ["fast", "lazy", "slow"])
  }

  @Test("a stage may feed a file and readers at once") func fileAndReader() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: seq 1 1000, to: $d/all }
        count: { run: wc -l, from: make, to: $d/count }
      """)
    #expect(report.isDone)
    #expect(fixture.text("all")?.split(separator: "\n").count == 1000)
    #expect(fixture.text("count") == "1000\n")
  }

  @Test("a reader that leaves early ends its producer, and that is no failure") func earlyExit() throws {
    let fixture = RunFixture()
    let report = try fixture.run("  make: { run: yes }\n  few: { run: head -n 2, from: make, to: $d/few }")
    #expect(report.isDone)
    #expect(fixture.text("few") == "y\ny\n")
    #expect(report.stages[0].state == .done(.killed(13)))
  }

  @Test("a reader that leaves early takes nothing from the others") func oneLeaves() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: seq 1 500000 }
        few: { run: head -n 1, from: make, to: $d/few }
        all: { run: wc -l, from: make, to: $d/all }
      """)
    #expect(report.isDone)
    #expect(fixture.text("few") == "1\n")
    #expect(fixture.text("all") == "500000\n")
  }

  @Test("both readers leave: the producer is excused") func bothLeave() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      "  make: { run: yes }\n  a: { run: head -n 1, from: make, to: $d/a }\n  b: { run: head -n 2, from: make, to: $d/b }"
    )
    #expect(report.isDone)
    #expect(fixture.names == ["a", "b"])
  }

  @Test("a chain of broken pipes is excused from its end") func chain() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      "  a: { run: yes }\n  b: { run: cat, from: a }\n  c: { run: cat, from: b }\n  d: { run: head -n 1, from: c, to: $d/x }"
    )
    #expect(report.isDone)
    #expect(fixture.text("x") == "y\n")
  }

  @Test("a SIGPIPE from elsewhere is a failure, and the waiting reader is stopped") func strangePipe() throws
  {
    let fixture = RunFixture()
    let report = try fixture.run(
      "  a: { run: \"sh -c 'kill -PIPE $$'\" }\n  b: { run: wc -l, from: a, to: $d/x }")
    #expect(report.failedStage?.name == "a")
    #expect(report.failedStage?.end == .killed(13))
    #expect(fixture.names == [])
  }

  @Test("a failing producer: readers never see the end of input, nothing appears, old files stay")
  func failingProducer() throws {
    let fixture = RunFixture()
    try fixture.write("count", "old\n")
    let report = try fixture.run(
      """
        make: { run: "sh -c 'seq 1 1000; echo oh no >&2; exit 65'" }
        count: { run: 'sh -c "wc -l; touch $d/end-was-seen"', from: make, to: $d/count }
        other: { run: 'sh -c "cat; touch $d/end-was-seen-too"', from: make }
      """)
    #expect(report.failedStage?.name == "make")
    #expect(report.failedStage?.end == .exited(65))
    #expect(report.stages[0].lastLines == ["oh no"])
    #expect(report.stages[1].state == .stopped)
    #expect(fixture.names == ["count"])
    #expect(fixture.text("count") == "old\n")
  }

  @Test("a producer with one reader fails: the same", arguments: ["exit 3", "kill -9 $$", "kill -SEGV $$"])
  func failingDirect(end: String) throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: "sh -c 'seq 1 1000; \(end)'" }
        count: { run: 'sh -c "wc -l; touch $d/end-was-seen"', from: make, to: $d/count }
      """)
    #expect(report.failedStage?.name == "make")
    #expect(fixture.names == [])
  }

  @Test(
    "a failing reader is the failure, not its producer's broken pipe", arguments: ["exit 4", "kill -9 $$"])
  func failingReader(end: String) throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: yes, to: $d/never }
        bad: { run: "sh -c 'head -n 1; \(end)'", from: make }
        alone: { run: yes }
        worse: { run: "sh -c 'sleep 0.2; exit 9'", from: alone }
      """)
    #expect(report.failedStage?.name == "bad")
    #expect(fixture.names == [])
  }

  @Test("a stage that hangs, and one that will not hear, end when another fails") func hanging() throws {
    let fixture = RunFixture()
    let began = Date()
    let report = try fixture.run(
      """
        bad: { run: "sh -c 'sleep 0.1; exit 5'" }
        hang: { run: sleep 1000 }
        deaf: { run: "sh -c 'trap : TERM; while :; do sleep 0.1; done'" }
      """)
    #expect(report.failedStage?.name == "bad")
    #expect(report.stages[1].state == .stopped && report.stages[2].state == .stopped)
    #expect(Date().timeIntervalSince(began) < 5)
  }

  @Test("ok names the statuses that are no failure") func statuses() throws {
    let fixture = RunFixture()
    #expect(try fixture.run("  a: { run: grep x /dev/null, ok: [0, 1], to: $d/a }").isDone)
    #expect(fixture.text("a") == "")
    #expect(try fixture.run("  a: { run: true, ok: 1 }").failedStage?.end == .exited(0))
  }

  @Test("quoted metacharacters reach the program as they are") func literal() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      #"  a: { run: "printf '%s\\n' '$(touch x)' ';' '*' \"|\" '`id`' '&&' $d", to: $d/out }"#)
    #expect(report.isDone)
    #expect(fixture.text("out") == "$(touch x)\n;\n*\n|\n`id`\n&&\n\(fixture.folder.path)\n")
  }

  @Test("a stage starts after those whose files it reads, which are not in their places yet")
  func filesInOrder() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        last: { run: "cat $d/one $d/two", reads: [$d/one, "$d/./two"], to: $d/three }
        two: { run: sort, in: $d/one, to: $d/two }
        one: { run: "sh -c 'sleep 0.2; echo 1'", to: $d/one }
        copy: { run: cp $d/three $d/deep/four.txt, reads: [$d/three], writes: [$d/deep/four.txt] }
      """)
    #expect(report.isDone)
    #expect(fixture.text("three") == "1\n1\n")
    #expect(fixture.text("deep/four.txt") == "1\n1\n")
    #expect(fixture.names == ["deep", "one", "three", "two"])
  }

  @Test("one group at a time works too") func serial() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      "  b: { run: cat, in: $d/a, to: $d/b }\n  a: { run: echo x, to: $d/a }\n  c: { run: echo y, to: $d/c }",
      parallelGroups: 1)
    #expect(report.isDone)
    #expect(fixture.text("b") == "x\n")
  }

  @Test("a declared file that is not written is a fault of the pipeline") func missingOutput() throws {
    let fixture = RunFixture()
    let report = try fixture.run("  a: { run: echo $d/x, writes: [$d/x], to: $d/y }")
    guard case .missingOutput(0, fixture.file("x")) = report.failure else {
      Issue.record("\(String(describing: report.failure))")
      return
    }
    #expect(fixture.names == [])
  }

  @Test("a missing input is found before anything starts") func missingInput() throws {
    let fixture = RunFixture()
    let report = try fixture.run("  a: { run: touch $d/started }\n  b: { run: cat, in: $d/nothing }")
    guard case .system(let error) = report.failure else {
      Issue.record("\(String(describing: report.failure))")
      return
    }
    #expect(error.isMissing && error.path == fixture.file("nothing"))
    #expect(fixture.names == [])
  }

  @Test("env wins over what is inherited; standard input is empty without a source") func environment() throws
  {
    let fixture = RunFixture()
    let report = try fixture.run(
      "  a: { run: \"sh -c 'cat; echo $$V-$$PATH'\", env: { V: $d, PATH: /bin:/usr/bin }, to: $d/out }"
        .replacing("$$", with: "$"))
    #expect(report.isDone)
    #expect(fixture.text("out") == "\(fixture.folder.path)-/bin:/usr/bin\n")
  }

  @Test("stages have default signals and no descriptor but their own") func inheritance() throws {
    let fixture = RunFixture()
    let report = try fixture.run(
      """
        make: { run: "sh -c 'ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status; grep SigBlk /proc/self/status'", to: $d/out }
        more: { run: cat, from: make }
        most: { run: cat, from: make }
      """)
    #expect(report.isDone)
    let lines = (fixture.text("out") ?? "").split(separator: "\n")
    // 0, 1, 2 and the folder that ls reads.
    #expect(lines.first == "4")
    // The C library keeps signals 32 and 33 to itself; all others are as they should be.
    for line in lines.dropFirst() { #expect(line.hasSuffix("0000000"), "\(line)") }
    #expect(lines.count == 3)
  }

  @Test("a device can be the output") func device() throws {
    let fixture = RunFixture()
    #expect(
      try fixture.run("  a: { run: echo x, to: /dev/null }\n  b: { run: echo y, to: /dev/null }").isDone)
    let full = try fixture.run("  a: { run: echo x, to: /dev/full }")
    #expect(full.failedStage?.name == "a")
  }

  @Test("a full disk behind a tee is the disk's failure") func fullTee() throws {
    let fixture = RunFixture()
    let report = try fixture.run("  a: { run: yes, to: /dev/full }\n  b: { run: wc -l, from: a, to: $d/n }")
    guard case .system(let error) = report.failure else {
      Issue.record("\(String(describing: report.failure))")
      return
    }
    #expect(error.code == 28)
    #expect(fixture.names == [])
  }

  @Test("what a killed run has left is swept by the next") func sweep() throws {
    let fixture = RunFixture()
    try fixture.write(".tmp.4194000.x", "left")
    try fixture.write(".tmp.4194000.other", "someone else's")
    #expect(try fixture.run("  a: { run: echo new, to: $d/x }").isDone)
    #expect(fixture.names == [".tmp.4194000.other", "x"])
  }

  @Test("a program that cannot be executed fails the run") func notExecutable() throws {
    let fixture = RunFixture()
    try fixture.write("broken", "no program\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.file("broken"))
    let report = try fixture.run("  a: { run: $d/broken }\n  b: { run: sleep 100 }")
    guard case .system(let error) = report.failure else {
      Issue.record("\(String(describing: report.failure))")
      return
    }
    #expect(error.operation == "run" && error.path == fixture.file("broken"))
  }

  @Test("a hundred lines of complaint are cut to the last twenty") func lastLines() throws {
    let fixture = RunFixture()
    let report = try fixture.run("  a: { run: \"sh -c 'seq 1 100 >&2; printf end >&2; exit 1'\" }")
    #expect(report.stages[0].lastLines.count == 20)
    #expect(report.stages[0].lastLines.last == "end")
    #expect(report.stages[0].lastLines.first == "82")
  }
}
