import TestSupport
import Testing

/// Notifications, digests and counters of the real program beside their definition in Python.
@Suite struct NotificationOracleTests {
  @Test("notifications, digests and counters of random worlds, runs and shards are what the definition says")
  func definition() throws {
    guard try OracleTests.bash("command -v python3").status == 0 else {
      return OracleTests.skipped("no python3")
    }
    let oracle = try OracleTests.bash(
      "python3 '\(ToolRunner.root)/Tests/Oracles/notification_oracle.py' '\(OracleTests.bin)' 12")
    #expect(oracle.status == 0 && oracle.text.contains(" 0 wrong"), "\(oracle.text)")
  }
}
