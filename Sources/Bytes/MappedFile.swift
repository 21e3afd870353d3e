import Glibc

/// A whole file mapped for reading, or a part of one: copies share the mapping, which lives as long as any of them.
///
/// Every access is checked against the bounds. Safe against rename and unlink (the inode stays); cutting a mapped file
/// short in place is a SIGBUS, which is why no published file is ever written again. Not for pipes: they have no size.
@safe
public struct MappedBytes: @unchecked Sendable {  // read-only memory under a shared owner
  /// Unmaps at its end of life.
  @safe
  private final class Mapping: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int
    init(_ base: UnsafeMutableRawPointer, _ count: Int) {
      unsafe self.base = unsafe base
      self.count = count
    }
    deinit { unsafe _ = munmap(base, count) }

    // SAFETY: what is mapped for reading alone holds nothing of ours: dropped pages are the file's when they are read again.
    func forgetPages() { unsafe _ = madvise(base, count, MADV_DONTNEED) }
  }

  private let mapping: Mapping?
  @usableFromInline internal let start: UnsafePointer<UInt8>
  /// Bytes.
  public let count: Int

  // A place to point to where there is nothing to read.
  nonisolated(unsafe) private static let nowhere = unsafe UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  /// Maps the file at `path`. - Throws: `SystemError`; EINVAL for what is no regular file.
  public init(file path: String) throws(SystemError) {
    let fd = try Syscalls.openRead(path)
    defer { Syscalls.closeQuietly(fd) }
    let status = try Syscalls.status(of: fd, path: path)
    guard status.isRegular else { throw SystemError(operation: "mmap", path: path, code: EINVAL) }
    count = status.size
    if status.size == 0 {
      mapping = nil
      unsafe start = Self.nowhere
      return
    }
    guard let base = unsafe mmap(nil, status.size, PROT_READ, MAP_PRIVATE, fd, 0), unsafe base != MAP_FAILED
    else { throw SystemError(operation: "mmap", path: path, code: errno) }
    mapping = unsafe Mapping(base, status.size)
    unsafe start = UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
  }

  /// A copy of bytes in memory, for readers of mapped ones.
  public init(copying bytes: Span<UInt8>) {
    count = bytes.count
    if bytes.isEmpty {
      mapping = nil
      unsafe start = Self.nowhere
      return
    }
    guard let base = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe base != MAP_FAILED
    else { fatalError("no memory for \(count) bytes") }
    // SAFETY: the mapping holds `count` bytes, and nobody else knows it yet.
    unsafe bytes.withUnsafeBytes {
      unsafe base.copyMemory(from: $0.baseAddress.unsafelyUnwrapped, byteCount: $0.count)
    }
    mapping = unsafe Mapping(base, count)
    unsafe start = UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
  }

  private init(_ mapping: Mapping?, _ start: UnsafePointer<UInt8>, _ count: Int) {
    self.mapping = mapping
    unsafe self.start = unsafe start
    self.count = count
  }

  /// A part of it. - Returns: nil when the range lies outside.
  public func part(_ range: Range<Int>) -> MappedBytes? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    // SAFETY: the range lies inside.
    return unsafe MappedBytes(mapping, start + range.lowerBound, range.count)
  }

  /// Takes the pages of the whole file, of which this may be a part, out of the program's memory until they are read again:
  /// for long walks, which would count all they have passed.
  public func forgetPages() { mapping?.forgetPages() }

  /// All of it.
  @inlinable public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // SAFETY: the mapping holds `count` bytes from `start` as long as `self` lives.
      let view = unsafe Span(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// A part of it. Traps outside the bounds: check untrusted ranges first.
  @_lifetime(borrow self)
  @inlinable public borrowing func span(_ range: Range<Int>) -> Span<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // SAFETY: the range lies inside.
    let view = unsafe Span(_unsafeStart: start + range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(view, borrowing: self)
  }

  /// Reads a little-endian integer. Traps outside the bounds: check untrusted offsets first. - Complexity: O(1).
  @inlinable public func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as: T.Type) -> T {
    precondition(offset >= 0 && offset <= count - MemoryLayout<T>.size)
    // SAFETY: the precondition shows that the bytes are there; every bit pattern is an integer.
    return unsafe T(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: T.self))
  }
}
