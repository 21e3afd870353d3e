/// A buffered writer over a descriptor whose every failure is thrown: the only way results leave a program.
///
/// `finish` must be called: what is still buffered when it is dropped is lost on purpose, as after an error.
public struct OutputStream: ~Copyable {
  private var fd: Int32
  private let path: String
  private let ownsDescriptor: Bool
  private var buffer: ByteBuffer
  private let limit: Int
  /// Bytes accepted so far, flushed or not.
  public private(set) var written = 0

  /// Writes to `fd`, which is closed at the end when it is owned.
  public init(fd: Int32, path: String, owned: Bool, bufferSize: Int = 1 << 18) {
    self.fd = fd
    self.path = path
    ownsDescriptor = owned
    limit = bufferSize
    buffer = ByteBuffer(capacity: bufferSize)
  }

  /// Standard output.
  public static func standard() -> OutputStream {
    Syscalls.widenPipe(1)
    return OutputStream(fd: 1, path: "standard output", owned: false)
  }

  deinit { if ownsDescriptor && fd >= 0 { Syscalls.closeQuietly(fd) } }

  /// Appends `bytes`; what is larger than the buffer goes straight through.
  public mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    written += bytes.count
    if buffer.count + bytes.count > limit {
      try flush()
      if bytes.count >= limit {
        try Syscalls.writeAll(fd, bytes, path: path)
        return
      }
    }
    buffer.append(bytes)
  }

  /// Appends text: for people's output, not for loops.
  public mutating func write(_ text: String) throws(SystemError) {
    var copy = ByteBuffer(capacity: text.utf8.count)
    copy.append(string: text)
    try write(copy.span)
  }

  /// Hands all that is buffered to the system.
  public mutating func flush() throws(SystemError) {
    if buffer.isEmpty { return }
    try Syscalls.writeAll(fd, buffer.span, path: path)
    buffer.removeAll()
  }

  /// Flushes, and closes what is owned. An error here means that the output is not whole.
  public consuming func finish(sync: Bool = false) throws(SystemError) {
    try flush()
    if sync { try Syscalls.sync(fd, path: path) }
    if ownsDescriptor {
      let descriptor = fd
      fd = -1
      try Syscalls.close(descriptor, path: path)
    }
  }
}
