internal import Synchronization

/// A nameless file for what does not fit into memory: written once, then read at any place. It leaves nothing behind,
/// whatever becomes of the program.
public final class ScratchFile {
  private var output: OutputStream?
  private let fd: Int32
  private let path: String
  /// Bytes in it.
  public private(set) var count = 0

  /// A new file in `folder`. - Throws: `SystemError`.
  public init(in folder: String) throws(SystemError) {
    // By this name the next writer sweeps what a kill between two calls leaves.
    path = Paths.join(folder, ".scratch-\(Self.next()).tmp.\(Syscalls.processID)")
    let writer = try Syscalls.openWrite(path, exclusive: true, mode: 0o600)
    let reader: Int32
    do throws(SystemError) {
      reader = try Syscalls.openRead(path)
    } catch {
      Syscalls.closeQuietly(writer)
      try? Syscalls.unlink(path)
      throw error
    }
    do throws(SystemError) {
      try Syscalls.unlink(path)
    } catch {
      Syscalls.closeQuietly(writer)
      Syscalls.closeQuietly(reader)
      throw error
    }
    fd = reader
    output = OutputStream(fd: writer, path: path, owned: true)
  }

  deinit { Syscalls.closeQuietly(fd) }

  /// Appends bytes.
  public func write(_ bytes: Span<UInt8>) throws(SystemError) {
    count += bytes.count
    try output?.write(bytes)
  }

  /// Ends writing; before it nothing can be read.
  public func seal() throws(SystemError) {
    try output.take()?.finish()
  }

  /// Appends up to `size` bytes from `offset` on to `buffer`. - Returns: how many.
  public func read(at offset: Int, upTo size: Int, into buffer: inout ByteBuffer) throws(SystemError) -> Int {
    let before = buffer.count
    let fd = self.fd
    let path = self.path
    try buffer.append(upTo: min(size, max(count - offset, 0))) { (room) throws(SystemError) -> Int in
      try Syscalls.readAt(fd, offset, into: &room, path: path)
    }
    return buffer.count - before
  }

  // Distinguishes the files of one process.
  private static let counter = Atomic<Int>(0)
  private static func next() -> Int { counter.add(1, ordering: .relaxed).newValue }
}
