internal import Bytes

/// One line on standard error that says how far a run is: drawn on a terminal only, at most ten times a second.
public struct Progress {
  private let isShown: Bool
  private let program: String
  private let total: Int?
  private let start = Syscalls.monotonicSeconds()
  private var last = 0.0
  private var isDrawn = false

  /// A line for a run over `total` bytes of input (nil: unknown).
  public init(program: String, total: Int?, isShown: Bool) {
    self.program = program
    self.total = total
    self.isShown = isShown
  }

  /// Redraws when it is time.
  public mutating func update(records: Int, bytes: Int) {
    guard isShown else { return }
    let now = Syscalls.monotonicSeconds()
    if now - last < 0.1 { return }
    last = now
    isDrawn = true
    let seconds = max(now - start, 0.001)
    var line = "\r\(program): \(Quantities.grouped(records)) records"
    line += ", \(Quantities.grouped(Int(Double(records) / seconds)))/s"
    if let total, total > 0, bytes > 0 {
      let part = min(Double(bytes) / Double(total), 1)
      let filled = Int(part * 20)
      let left = Int(seconds / part - seconds)
      line += " [" + String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
      line += "] \(Int(part * 100)) %, \(left) s left"
    } else {
      line += ", \(Int(seconds)) s"
    }
    show(line + "\u{1B}[K")
  }

  /// Removes the line.
  public mutating func finish() {
    if isDrawn { show("\r\u{1B}[K") }
    isDrawn = false
  }

  private func show(_ text: String) {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    _ = try? Syscalls.writeAll(2, buffer.span, path: "standard error")
  }
}
