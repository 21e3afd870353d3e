internal import Bytes

/// Words for people, on standard error. A full or closed standard error never changes what a program does.
public struct Diagnostics: Sendable {
  /// The program's name, before every line.
  public let program: String
  /// Only errors.
  public var isQuiet = false
  /// More than usual.
  public var isVerbose = false
  /// Colours on standard error.
  public var usesColor = false

  /// Diagnostics of `program`.
  public init(program: String) { self.program = program }

  /// An error: always shown.
  public func error(_ message: String, hint: String? = nil) {
    emit(paint("31;1", "error") + ": " + message)
    if let hint { emit(paint("36", "hint") + ": " + hint) }
  }

  /// Something odd that stops nothing.
  public func warning(_ message: String) {
    if !isQuiet { emit(paint("33", "warning") + ": " + message) }
  }

  /// What was done.
  public func note(_ message: String) {
    if !isQuiet { emit(message) }
  }

  /// Another program's words, which are shown even when this one is quiet.
  public func plain(_ message: String) { emit(message) }

  /// Detail for `--verbose`.
  public func detail(_ message: String) {
    if isVerbose { emit(message) }
  }

  private func paint(_ code: String, _ text: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func emit(_ line: String) {
    var buffer = ByteBuffer()
    buffer.append(string: "\(program): \(line)\n")
    _ = try? Syscalls.writeAll(2, buffer.span, path: "standard error")
  }
}
