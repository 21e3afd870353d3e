import Foundation
import TestSupport
import Testing

/// Full disks, power cuts and the order of what makes a commit durable. Each script under Tests/Oracles skips itself, with
/// a line, where it may not mount or trace.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DurabilityTests {
  /// What a script says; nil where it, or Python, cannot run.
  static func answer(_ script: String, _ words: String = "") throws -> String? {
    guard try OracleTests.bash("command -v python3").status == 0 else {
      OracleTests.skipped("no python3")
      return nil
    }
    let run = try OracleTests.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/\(script).py' '\(OracleTests.bin)' \(words)")
    if run.status == 77 {
      FileHandle.standardError.write(Data(run.text.utf8))
      return nil
    }
    #expect(run.status == 0, "\(run.text)")
    return run.text
  }

  static func sum(_ text: String, _ pattern: Regex<(Substring, Substring)>) -> Int {
    text.matches(of: pattern).compactMap { Int($0.1) }.reduce(0, +)
  }

  @Test(
    "a disk filled to any level gives 74 and the old output or commit, and with room again the next run succeeds"
  )
  func fullDisk() throws {
    guard let text = try Self.answer("disk_full", "32") else { return }
    #expect(Self.sum(text, /(\d+) full disks/) >= 50, "\(text)")
  }

  @Test(
    "all that a commit names is durable before the pointer is replaced, and the pointer before the run ends")
  func order() throws {
    guard let text = try Self.answer("durability") else { return }
    #expect(Self.sum(text, /(\d+) needed/) >= 60, "\(text)")
  }

  @Test(
    "a power cut at a random moment leaves the old commit or the new one, and none that was acknowledged is lost"
  )
  func powerCut() throws {
    guard let text = try Self.answer("power_cut", "24") else { return }
    #expect(Self.sum(text, /power cuts: (\d+)/) == 25, "\(text)")
  }
}
