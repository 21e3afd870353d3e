internal import Bytes
internal import Commits
internal import SearchIndex

/// The lengths of a segment's texts, unpacked where they are asked for, and kept: ranking looks at them at random, again and
/// again. A byte a document.
struct LengthBytes: ~Copyable {
  /// Of lengths that do not fit.
  static let long: UInt8 = 255
  /// Whether the neighbours of a document that is asked for will be asked for too: then 128 are unpacked at once, in the time
  /// of some ten single ones.
  var expectsNeighbours = false
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
    return code > 0 ? code : try unpack(Int(document))
  }

  /// The length of a document plus 1, `long`, or 0 where nobody asked for it yet.
  @inline(__always)
  func known(_ document: UInt32) -> UInt8 { bytes[Int(document)] }

  /// The length of a document. - Complexity: O(1).
  mutating func length(_ document: UInt32) throws(SegmentError) -> Int {
    let code = try code(document)
    return code == Self.long ? Int(try column.value(Int(document))) : Int(code) - 1
  }

  @inline(never)
  private mutating func unpack(_ document: Int) throws(SegmentError) -> UInt8 {
    if !expectsNeighbours {
      let code = UInt8(clamping: max(try column.value(document), 0) &+ 1)
      bytes[document] = code
      return code
    }
    var values = [128 of Int64](repeating: 0)
    var codes = [128 of UInt8](repeating: 0)
    let count = try column.read(block: document / 128, into: &values)
    for slot in 0..<count { codes[slot] = UInt8(truncatingIfNeeded: min(max(values[slot], 0), 254) &+ 1) }
    bytes.replace(from: document / 128 * 128, with: codes.span.extracting(0..<count))
    return bytes[document]
  }
}

/// Keeps them from one query to the next.
final class LengthBox {
  var bytes: LengthBytes?
}
