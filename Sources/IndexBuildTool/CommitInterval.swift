internal import Bytes
internal import SearchIndex
internal import ToolSupport

/// `--commit-every`: after so many records, or so many seconds.
struct CommitInterval {
  /// Records between commits, or nil.
  let records: Int?
  private let seconds: Double?
  private var last = Syscalls.monotonicSeconds()
  private var segment = 0

  init(_ text: String?) throws {
    guard let text else {
      records = nil
      seconds = nil
      return
    }
    if text.hasSuffix("s") || text.hasSuffix("m") {
      guard let number = Quantities.integer(String(text.dropLast())), number > 0 else {
        throw Self.wrong(text)
      }
      records = nil
      seconds = Double(number) * (text.hasSuffix("m") ? 60 : 1)
      return
    }
    guard let number = Quantities.integer(text), number > 0 else { throw Self.wrong(text) }
    records = number
    seconds = nil
  }

  private static func wrong(_ text: String) -> ToolError {
    ToolError(
      .usage, "option --commit-every: expected a number of records or a time such as 2s, found \"\(text)\"")
  }

  /// Whether a commit is due before `read` is added.
  mutating func isDue(before read: ReadBatch) -> Bool {
    if records != nil {
      let isNew = read.segment != segment
      segment = read.segment
      return isNew
    }
    guard let seconds else { return false }
    let now = Syscalls.monotonicSeconds()
    if now - last < seconds { return false }
    last = now
    return true
  }
}
