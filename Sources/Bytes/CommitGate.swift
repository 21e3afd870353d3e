/// Asks the `pipeline` that runs this process before anything is published, so that a run is all or nothing.
///
/// The protocol, for tools in other languages too: the variable `TWEETMILL_GATE` holds `R,W`, two descriptors. A tool
/// that sees it does all its work, its outputs finished and its new files durable but not yet published; then it closes
/// standard output, writes the byte `R` ("ready") to W and reads one byte from R. `C` means: commit now, then exit. The
/// end of input, or anything else, means: some other stage failed; leave everything as it was and exit 75. A tool that
/// never says it is ready is simply waited for until it exits.
public struct CommitGate: ~Copyable {
  /// The variable's name.
  public static let variable = "TWEETMILL_GATE"

  private let reader: Int32
  private let writer: Int32

  /// The gate of this process; nil when no pipeline runs it, and it may commit when it likes.
  public static func fromEnvironment() -> CommitGate? {
    Syscalls.environment(variable).map { CommitGate($0) }
  }

  /// A gate as the variable describes it. One that is malformed never opens.
  public init(_ description: String) {
    let parts = description.split(separator: ",", omittingEmptySubsequences: false).map { Int32($0) ?? -1 }
    reader = parts.count == 2 ? parts[0] : -1
    writer = parts.count == 2 ? parts[1] : -1
    // What this process starts must not keep the gate.
    Syscalls.closeOnExec(reader)
    Syscalls.closeOnExec(writer)
  }

  /// Says that all is ready, and waits for the other stages.
  ///
  /// Closes standard output first: its reader is one of those stages.
  /// - Returns: true to commit; false to leave everything as it was and exit 75 (`ExitStatus.locked`).
  public consuming func waitForPermission() -> Bool {
    do throws(SystemError) {
      let nowhere = try Syscalls.openDevice("/dev/null")
      try Syscalls.duplicate(nowhere, onto: 1)
      Syscalls.closeQuietly(nowhere)
      var word: [1 of UInt8] = [UInt8(ascii: "R")]
      try Syscalls.writeAll(writer, word.span, path: "commit gate")
      var answer = word.mutableSpan
      let count = try Syscalls.read(reader, into: &answer, path: "commit gate")
      return count == 1 && word[0] == UInt8(ascii: "C")
    } catch {
      // Without an answer nothing is known of the other stages.
      return false
    }
  }
}
