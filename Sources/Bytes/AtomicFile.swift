/// A file that appears whole or not at all: written under a temporary name in the same folder, made durable, renamed.
///
/// What is no regular file (`/dev/stdout`, a pipe) cannot be replaced and is written to directly. Dropped without
/// `commit`, it leaves nothing behind.
public struct AtomicFile: ~Copyable {
  private var stream: OutputStream?
  private let path: String
  private var temporary: String?
  /// Bytes written so far.
  public private(set) var written = 0

  /// Starts a new version of `path`. - Throws: `SystemError`.
  public init(_ path: String, bufferSize: Int = 1 << 18) throws(SystemError) {
    self.path = path
    // `/dev/stdout` may lead to a regular file, but its own name must never be replaced. Files in shared memory are files.
    let isDevice = path.hasPrefix("/dev/") && !path.hasPrefix("/dev/shm/") || path.hasPrefix("/proc/")
    if let status = try Syscalls.status(path), isDevice || !status.isRegular {
      if status.isDirectory { throw SystemError(operation: "create", path: path, code: 21) }
      // The program's own descriptors keep their place in a file that a shell gave them.
      let own: Int32? = path == "/dev/stdout" ? 1 : path == "/dev/stderr" ? 2 : nil
      let fd = if let own { own } else { try Syscalls.openWrite(path, append: isDevice) }
      stream = OutputStream(fd: fd, path: path, owned: own == nil, bufferSize: bufferSize)
      temporary = nil
      return
    }
    let name = Paths.join(Paths.parent(path), ".\(Paths.name(path)).tmp.\(Syscalls.processID)")
    TemporaryFiles.remember(name)
    do throws(SystemError) {
      let fd = try Syscalls.openWrite(name)
      stream = OutputStream(fd: fd, path: path, owned: true, bufferSize: bufferSize)
      temporary = name
    } catch {
      TemporaryFiles.forget(name)
      throw SystemError(operation: error.operation, path: path, code: error.code)
    }
  }

  deinit {
    // A failed or abandoned version: the error that matters was thrown already.
    if let temporary {
      _ = try? Syscalls.unlink(temporary)
      TemporaryFiles.forget(temporary)
    }
  }

  /// Appends bytes.
  public mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    written += bytes.count
    try stream?.write(bytes)
  }

  /// Appends text.
  public mutating func write(_ text: String) throws(SystemError) {
    written += text.utf8.count
    try stream?.write(text)
  }

  /// Makes it durable under its temporary name, and hands on what is written to directly: all that can fail for want of
  /// space. Nothing can be appended then.
  public mutating func prepare() throws(SystemError) {
    guard let last = stream.take() else { return }
    try last.finish(sync: temporary != nil)
  }

  /// Makes it durable and visible. An error from the last step, the folder's fsync, leaves the new version visible but
  /// perhaps not durable.
  public consuming func commit() throws(SystemError) {
    try prepare()
    guard let name = temporary else { return }
    try Syscalls.rename(name, to: path)
    temporary = nil
    TemporaryFiles.forget(name)
    try Syscalls.syncDirectory(Paths.parent(path))
  }
}
