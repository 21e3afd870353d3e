internal import Bytes
internal import Commits
internal import SearchIndex

/// The lengths of a segment's texts, unpacked where they are asked for, and kept: ranking looks at them at random, again and
/// again. A byte a document.
struct LengthBytes: ~Copyable {
  /// Of lengths that do not fit.
  static let long: UInt8 = 255
  private let column: PackedColumnReader
  // Length plus 1; 0 for what was not asked for yet.
  private var bytes: LargeTable<UInt8>

  init(_ segment: Segment) {
    column = segment.column(.lengths)
    bytes = LargeTable(zeroed: segment.documentCount)
  }

  /// The length of a document plus 1, or `long`.
  @inline(__always)
  mutating func code(_ document: UInt32) throws(SegmentError) -> UInt8 {
    let code = bytes[Int(document)]
    if code > 0 { return code }
    try unpack(Int(document) / 128)
    return bytes[Int(document)]
  }

  /// The length of a document. - Complexity: O(1).
  mutating func length(_ document: UInt32) throws(SegmentError) -> Int {
    let code = try code(document)
    return code == Self.long ? Int(try column.value(Int(document))) : Int(code) - 1
  }

  @inline(never)
  private mutating func unpack(_ block: Int) throws(SegmentError) {
    let found = try column.bytes(ofBlock: block)
    let first = block * 128
    for slot in 0..<min(128, bytes.count - first) { bytes[first + slot] = found[slot] }
  }
}

/// Keeps them from one query to the next.
final class LengthBox {
  var bytes: LengthBytes?
}
