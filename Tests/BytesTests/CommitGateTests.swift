import Bytes
import Foundation
import Testing

/// In processes of their own, because the gate closes standard output.
@Suite struct CommitGateTests {
  /// A gate whose runner has written `answer` and left; the read end of what the tool says.
  static func gate(answer: String) -> (gate: String, said: FileHandle) {
    // A runner that has died ends the tool by SIGPIPE; this one only answers early.
    let (answers, ready) = (Pipe(), Pipe())
    answers.fileHandleForWriting.write(Data(answer.utf8))
    try? answers.fileHandleForWriting.close()
    // Copies, which no handle closes.
    let ends = (
      dup(answers.fileHandleForReading.fileDescriptor), dup(ready.fileHandleForWriting.fileDescriptor)
    )
    let said = FileHandle(
      fileDescriptor: dup(ready.fileHandleForReading.fileDescriptor), closeOnDealloc: false)
    return ("\(ends.0),\(ends.1)", said)
  }

  @Test("C opens the gate, and the runner was told R") func commit() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let (gate, said) = CommitGateTests.gate(answer: "C")
      let mayCommit = CommitGate(gate).waitForPermission()
      let word = said.availableData
      exit(mayCommit && word == Data("R".utf8) ? 0 : 1)
    }
  }

  @Test("the end of input and other words keep it closed") func abort() async {
    await #expect(processExitsWith: .exitCode(0)) {
      exit(CommitGate(CommitGateTests.gate(answer: "").gate).waitForPermission() ? 1 : 0)
    }
    await #expect(processExitsWith: .exitCode(0)) {
      exit(CommitGate(CommitGateTests.gate(answer: "x").gate).waitForPermission() ? 1 : 0)
    }
  }

  @Test("a gate that cannot be understood never opens") func malformed() async {
    await #expect(processExitsWith: .exitCode(0)) {
      for text in ["", "1", "a,b", "3,4,5", "-1,-1", "9998,9999"] where CommitGate(text).waitForPermission() {
        exit(1)
      }
      exit(0)
    }
  }

  @Test("standard output is closed before the answer") func output() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let before = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/1")) ?? ""
      _ = CommitGate(CommitGateTests.gate(answer: "C").gate).waitForPermission()
      let after = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/1")
      exit(before != "/dev/null" && after == "/dev/null" || before == "/dev/null" ? 0 : 1)
    }
  }
}
