internal import Bytes

/// The last lines of a stage's standard error, for the moment when it fails.
struct LastLines {
  /// Lines that are kept.
  static let limit = 20
  /// Bytes of a line that are kept.
  static let width = 2000

  private var lines: [[UInt8]] = []
  private var current: [UInt8] = []

  /// Takes what was read. - Parameter each: is told every line that is complete.
  mutating func add(_ bytes: Span<UInt8>, each: (String) -> Void) {
    for index in bytes.indices {
      let byte = bytes[index]
      // A progress line is drawn over itself: only its last state counts.
      if byte == 13 {
        if index + 1 < bytes.count && bytes[index + 1] != 10 { current.removeAll() }
      } else if byte == 10 {
        endLine(each)
      } else if current.count < Self.width {
        current.append(byte)
      }
    }
  }

  /// Ends a last line without a line end.
  mutating func finish(each: (String) -> Void) {
    if !current.isEmpty { endLine(each) }
  }

  private mutating func endLine(_ each: (String) -> Void) {
    each(String(decoding: current, as: UTF8.self))
    if lines.count == Self.limit { lines.removeFirst() }
    lines.append(current)
    current.removeAll(keepingCapacity: true)
  }

  /// The lines as text.
  var text: [String] { lines.map { String(decoding: $0, as: UTF8.self) } }
}
