public import Bytes

/// Where a tool's records go: standard output, or with `-o` a file that appears whole or not at all.
public enum ToolOutput: ~Copyable {
  case stream(OutputStream)
  case file(AtomicFile)

  /// Opens what the arguments ask for.
  public static func open(_ arguments: Arguments) throws -> ToolOutput {
    if let path = arguments.value("output"), path != "-" { return .file(try AtomicFile(path)) }
    return .stream(.standard())
  }

  /// Appends bytes.
  public mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    switch consume self {
    case .stream(var stream):
      do throws(SystemError) { try stream.write(bytes) } catch {
        self = .stream(stream)
        throw error
      }
      self = .stream(stream)
    case .file(var file):
      do throws(SystemError) { try file.write(bytes) } catch {
        self = .file(file)
        throw error
      }
      self = .file(file)
    }
  }

  /// Appends text: for people's output, not for loops.
  public mutating func write(text: String) throws(SystemError) {
    var copy = ByteBuffer(capacity: text.utf8.count)
    copy.append(string: text)
    try write(copy.span)
  }

  /// Hands on what is buffered, so that a reader downstream sees it now.
  public mutating func flush() throws(SystemError) {
    switch consume self {
    case .stream(var stream):
      do throws(SystemError) { try stream.flush() } catch {
        self = .stream(stream)
        throw error
      }
      self = .stream(stream)
    case .file(let file): self = .file(file)
    }
  }

  /// A file that is durable and waits for its `commit`; nil where the output was a stream, which is whole then.
  public consuming func prepared() throws(SystemError) -> AtomicFile? {
    switch consume self {
    case .stream(let stream):
      try stream.finish()
      return nil
    case .file(var file):
      try file.prepare()
      return file
    }
  }

  /// Makes the output whole. Only after this may a program exit 0.
  public consuming func finish() throws(SystemError) {
    switch consume self {
    case .stream(let stream): try stream.finish()
    case .file(let file): try file.commit()
    }
  }
}
