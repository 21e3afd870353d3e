internal import Bytes

/// Gathers records, and hands them on by the piece.
struct RecordBuffer: ~Copyable {
  private var bytes = ByteBuffer(capacity: 1 << 16)
  private var count = 0

  /// Appends a record. - Throws: what `write` throws.
  mutating func append(_ write: (Span<UInt8>) throws -> Void, _ record: (inout ByteBuffer) -> Void) throws {
    record(&bytes)
    count += 1
    if bytes.count > 1 << 15 {
      try write(bytes.span)
      bytes.removeAll()
    }
  }

  /// Hands on the rest. - Returns: how many records there were.
  consuming func finish(_ write: (Span<UInt8>) throws -> Void) throws -> Int {
    if !bytes.isEmpty { try write(bytes.span) }
    return count
  }
}
