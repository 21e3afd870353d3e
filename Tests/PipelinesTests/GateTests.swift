import Foundation
import Testing
import YAML

@testable import Pipelines

@Suite struct GateTests {
  @Test("a tool at the gate commits when all stages are done") func commits() throws {
    let fixture = RunFixture()
    try fixture.keeper("keep")
    let report = try fixture.run(
      """
        make: { run: echo x }
        index: { run: keep -i $d/index, from: make }
        slow: { run: "sh -c 'cat >/dev/null; sleep 0.3; test ! -e $1' sh $d/index", from: make }
      """)
    #expect(report.isDone)
    #expect(fixture.text("index") == "x\n")
  }

  @Test("it does not commit when another stage fails after it is ready", arguments: ["exit 1", "kill -9 $$"])
  func aborts(end: String) throws {
    let fixture = RunFixture()
    try fixture.keeper("keep")
    try fixture.write("index", "old\n")
    let report = try fixture.run(
      """
        make: { run: echo x }
        index: { run: keep -i $d/index, from: make }
        slow: { run: "sh -c 'cat >/dev/null; sleep 0.4; \(end)'", from: make, to: $d/file }
      """)
    #expect(report.failedStage?.name == "slow")
    #expect(fixture.text("index") == "old\n")
    #expect(fixture.text("file") == nil)
  }

  @Test("a tool that fails at its commit fails the run, and no file appears") func failedCommit() throws {
    let fixture = RunFixture()
    try fixture.tool(
      "keep",
      """
      if [ "$1" = --describe ]; then
        printf 'gate\\tyes\\n'
        exit 0
      fi
      cat >/dev/null
      exec 1>&-
      printf R >&${TWEETMILL_GATE#*,}
      dd bs=1 count=1 <&${TWEETMILL_GATE%,*} >/dev/null 2>&1
      exit 74
      """)
    let report = try fixture.run(
      "  make: { run: echo x, to: $d/file }\n  index: { run: keep -i $d/index, from: make }")
    #expect(report.failedStage?.name == "index")
    #expect(fixture.text("file") == nil)
  }

  @Test("readers commit before their producers, and states are last") func order() throws {
    let fixture = RunFixture()
    try fixture.keeper("keep")
    try fixture.keeper("remember", role: "updates")
    let report = try fixture.run(
      """
        state: { run: remember -i $d/state, in: /dev/null }
        one: { run: keep -i $d/one, from: state }
        two: { run: keep -i $d/two, from: one }
      """)
    #expect(report.isDone)
    #expect(
      fixture.text("order") == ["two", "one", "state"].map { fixture.file($0) + "\n" }.joined())
  }

  @Test(
    "what a tool writes after its gate, as its ledger, is published too", arguments: ["folder", "updates"])
  func ledgers(role: String) throws {
    let fixture = RunFixture()
    try fixture.tool(
      "keep",
      """
      if [ "$1" = --describe ]; then
        printf 'gate\\tyes\\noption\\tindex\\ti\\tone\\t\(role)\\noption\\tstats\\ts\\tone\\twrites\\n'
        exit 0
      fi
      exec 1>&-
      printf R >&${TWEETMILL_GATE#*,}
      dd bs=1 count=1 <&${TWEETMILL_GATE%,*} >/dev/null 2>&1
      echo kept > "$2"
      echo ledger > "$4"
      """)
    let report = try fixture.run("  a: { run: keep -i $d/index -s $d/stats }")
    #expect(report.isDone)
    #expect(fixture.text("stats") == "ledger\n" && fixture.names == ["index", "keep", "stats"])
  }

  @Test("a file that a tool at its gate has promised, and does not write, fails the run") func missingLedger()
    throws
  {
    let fixture = RunFixture()
    try fixture.tool(
      "keep",
      """
      if [ "$1" = --describe ]; then
        printf 'gate\\tyes\\noption\\tindex\\ti\\tone\\tfolder\\noption\\tstats\\ts\\tone\\twrites\\n'
        exit 0
      fi
      exec 1>&-
      printf R >&${TWEETMILL_GATE#*,}
      dd bs=1 count=1 <&${TWEETMILL_GATE%,*} >/dev/null 2>&1
      """)
    let report = try fixture.run("  a: { run: keep -i $d/index -s $d/stats }")
    guard case .missingOutput(0, let path) = report.failure else {
      Issue.record("\(String(describing: report.failure))")
      return
    }
    #expect(path == fixture.file("stats"))
  }

  @Test("what a command writes under to: is a fault", arguments: ["writes", "updates"])
  func sameFile(role: String) throws {
    let fixture = RunFixture()
    try fixture.keeper("keep", role: role)
    do throws(Faults) {
      _ = try fixture.plan("  a: { run: keep -i $d/x, to: $d/./x }")
      Issue.record("no fault")
    } catch {
      #expect(error.faults.map(\.expected) == ["a to write \(StageGraph.normal(fixture.file("x"))) once"])
    }
  }

  @Test("an index that a later stage reads is committed before that stage starts") func readIndex() throws {
    let fixture = RunFixture()
    try fixture.keeper("keep")
    let report = try fixture.run(
      """
        search: { run: cat $d/index, reads: [$d/index], to: $d/found }
        make: { run: echo x }
        index: { run: keep -i $d/index, from: make }
      """)
    #expect(report.isDone)
    #expect(fixture.text("found") == "x\n")
  }

  @Test("our own tools' options declare their files, which appear with the rest") func declared() throws {
    let fixture = RunFixture()
    try fixture.tool(
      "tool",
      """
      if [ "$1" = --describe ]; then
        printf 'operands\\treads\\noption\\trejects\\t\\tone\\twrites\\noption\\tquiet\\tq\\tnone\\tplain\\n'
        exit 0
      fi
      echo "$@" > "$(dirname "$0")/words"
      case "$1" in --rejects=*) echo bad > "${1#*=}" ;; esac
      cat "${@: -1}"
      """)
    try fixture.write("input", "in\n")
    let report = try fixture.run(
      """
        clean: { run: tool --rejects=$d/rejects.ndjson $d/made, to: $d/out }
        made: { run: cat, in: $d/input, to: $d/made }
      """)
    #expect(report.isDone)
    #expect(fixture.text("rejects.ndjson") == "bad\n")
    #expect(fixture.text("out") == "in\n")
    let words = fixture.text("words") ?? ""
    #expect(words.contains("/.tmp.") && words.contains(".rejects.ndjson") && words.hasSuffix(".made\n"))
    #expect(fixture.names == ["input", "made", "out", "rejects.ndjson", "tool", "words"])
  }

  @Test("a stage that lists a folder under reads looks at it after it was committed")
  func looksAtFolder() throws {
    let fixture = RunFixture()
    try fixture.keeper("keep")
    let report = try fixture.run(
      """
        make: { run: echo x }
        index: { run: keep -i $d/index, from: make }
        again: { run: keep -i $d/index, in: $d/index, reads: [$d/index] }
      """)
    #expect(report.isDone)
    #expect(fixture.text("index") == "x\n")
    #expect(fixture.text("order")?.split(separator: "\n").count == 2)
    #expect(throws: Faults.self) {
      try fixture.plan("  a: { run: keep -i $d/index }\n  b: { run: keep -i $d/index }")
    }
  }
}
