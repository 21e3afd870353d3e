import Glibc

/// A whole file mapped for reading; unmapped at its end of life.
///
/// Safe against rename and unlink (the inode stays). Truncating a mapped file in place is a SIGBUS, which is why no
/// published file is ever written again. Not for pipes: `init` throws for what has no size.
@safe
public struct MappedFile: ~Copyable, @unchecked Sendable {  // read-only memory, one owner
  private let base: UnsafeMutableRawPointer?
  /// Bytes.
  public let count: Int
  /// What was mapped, for messages.
  public let path: String

  /// Maps `path`. - Throws: `SystemError`.
  public init(_ path: String) throws(SystemError) {
    (unsafe base, count) = unsafe try Self.map(path)
    self.path = path
  }

  private static func map(_ path: String) throws(SystemError) -> (UnsafeMutableRawPointer?, Int) {
    let fd = try Syscalls.openRead(path)
    defer { Syscalls.closeQuietly(fd) }
    let status = try Syscalls.status(of: fd, path: path)
    guard status.isRegular else { throw SystemError(operation: "mmap", path: path, code: EINVAL) }
    if status.size == 0 { return (nil, 0) }
    guard let mapped = unsafe mmap(nil, status.size, PROT_READ, MAP_PRIVATE, fd, 0), unsafe mapped != MAP_FAILED
    else { throw SystemError(operation: "mmap", path: path, code: errno) }
    return unsafe (mapped, status.size)
  }

  deinit { if let base = unsafe base { unsafe munmap(base, count) } }

  /// The content.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // SAFETY: the mapping is `count` bytes long, or empty, for as long as `self` lives.
      let view = unsafe RawSpan(_unsafeStart: base ?? UnsafeMutableRawPointer(bitPattern: 8)!, byteCount: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// The content, as bytes.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // SAFETY: as `bytes`; every bit pattern is a byte.
      let start = unsafe (base ?? UnsafeMutableRawPointer(bitPattern: 8)!).assumingMemoryBound(to: UInt8.self)
      let view = unsafe Span(_unsafeStart: UnsafePointer(start), count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }
}
