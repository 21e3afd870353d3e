/// A descriptor read in large pieces.
public struct InputStream: ~Copyable {
  private let fd: Int32
  private let owned: Bool
  /// The file, or `standard input`, for messages.
  public let path: String

  /// Opens a file; `-` is standard input. - Throws: `SystemError`.
  public init(_ path: String) throws(SystemError) {
    if path == "-" {
      self.init(fd: 0, owned: false, path: "standard input")
      return
    }
    let opened = try Syscalls.openRead(path)
    self.init(fd: opened, owned: true, path: path)
  }

  private init(fd: Int32, owned: Bool, path: String) {
    self.fd = fd
    self.owned = owned
    self.path = path
  }

  deinit { if owned { Syscalls.closeQuietly(fd) } }

  /// Waits until a read would not block. - Returns: false when `seconds` passed before.
  public func waitForBytes(seconds: Double) throws(SystemError) -> Bool {
    try Syscalls.waitForInput(fd, seconds: seconds, path: path)
  }

  /// Appends up to `size` bytes to `buffer`. - Returns: how many; 0 at the end.
  public mutating func read(into buffer: inout ByteBuffer, upTo size: Int) throws(SystemError) -> Int {
    let before = buffer.count
    let fd = self.fd
    let path = self.path
    try buffer.append(upTo: size) { (room) throws(SystemError) -> Int in
      do throws(SystemError) {
        return try Syscalls.read(fd, into: &room, path: path)
      } catch {
        // EBADF: a caller that closed standard input has nothing to say.
        if fd == 0 && error.code == 9 { return 0 }
        throw error
      }
    }
    return buffer.count - before
  }
}
