internal import Bytes
internal import ToolSupport

/// In a pipeline nothing is committed before all its stages have ended well.
enum CommitPermission {
  /// Waits for the other stages; alone it returns at once. - Throws: status 75 when another stage failed.
  static func wait(_ path: String) throws {
    if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
      throw ToolError(.locked, "\(path): another stage of the pipeline failed; nothing was committed")
    }
  }
}
