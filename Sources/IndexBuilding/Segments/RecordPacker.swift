internal import Bytes
internal import SearchIndex

/// Packs records into blocks as they are stored. One per thread.
struct RecordPacker: ~Copyable {
  /// The records of the block: append one, then call `endRecord`.
  var body = ByteBuffer(capacity: 1 << 16)
  private let writer = RecordBlockWriter()
  private var raw = ByteBuffer(capacity: 1 << 16)
  private var start = 0
  private var count = 0

  /// Ends a record. - Returns: whether the block is full.
  mutating func endRecord() -> Bool {
    raw.append(varint: UInt64(body.count - start))
    start = body.count
    count += 1
    return count == SegmentFormat.recordsPerBlock
  }

  /// Appends the block, where there is one. - Returns: its bytes.
  mutating func endBlock(into out: inout ByteBuffer) -> Int {
    if count == 0 { return 0 }
    let before = out.count
    raw.append(contentsOf: body)
    writer.compress(raw.span, into: &out)
    raw.removeAll()
    body.removeAll()
    start = 0
    count = 0
    return out.count - before
  }
}
