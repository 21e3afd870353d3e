internal import Bytes

/// A member of a segment that is made before its place in the archive comes: what is small stays in memory, the rest waits
/// in a nameless file. Written by one thread, then read by another.
final class StagedMember: @unchecked Sendable {
  private let folder: String
  private var head = ByteBuffer(capacity: 1 << 12)
  private var rest: ScratchFile?
  /// Bytes in it.
  private(set) var count = 0
  /// Bytes that stay in memory.
  static let limit = 1 << 20

  /// An empty one, whose file would lie in `folder`.
  init(in folder: String) { self.folder = folder }

  /// Appends bytes. - Throws: `SystemError`.
  func append(_ bytes: Span<UInt8>) throws(SystemError) {
    count += bytes.count
    if rest == nil {
      if head.count + bytes.count <= Self.limit { return head.append(bytes) }
      rest = try ScratchFile(in: folder)
    }
    try rest?.write(bytes)
  }

  /// Hands all bytes to `body`, piece by piece; nothing can be appended then. - Throws: `SystemError`, what `body` throws.
  func read(_ body: (Span<UInt8>) throws(SystemError) -> Void) throws(SystemError) {
    try Self.lend(head, to: body)
    guard let rest else { return }
    try rest.seal()
    var piece = ByteBuffer(capacity: Self.limit)
    var offset = 0
    while offset < rest.count {
      piece.removeAll()
      let got = try rest.read(at: offset, upTo: Self.limit, into: &piece)
      // Nameless as it is, nobody can have cut it short.
      precondition(got > 0, "a scratch file that ends before its end")
      offset += got
      try body(piece.span)
    }
  }

  private static func lend(
    _ bytes: borrowing ByteBuffer, to body: (Span<UInt8>) throws(SystemError) -> Void
  ) throws(SystemError) {
    try body(bytes.span)
  }
}
