internal import Bytes
internal import Commits
internal import SearchIndex

/// The lengths of a segment's texts as ranking asks for them: a byte a document, read in place.
///
/// What reads is `mutating`: asked otherwise, the whole struct is copied first, 300 bytes for one.
struct LengthBytes: ~Copyable {
  /// Of lengths that do not fit.
  static let long = TextLengths.long
  private let lengths: TextLengths
  private let codes: CheckedMember

  /// - Throws: `SegmentError` for a damaged segment of an older format, whose lengths are unpacked here.
  init(_ segment: Segment) throws(SegmentError) {
    lengths = segment.lengths
    codes = try lengths.codes()
  }

  /// Makes sure that the lengths of documents from `first` to `last` are what was written.
  @inline(__always)
  mutating func check(_ first: UInt32, _ last: UInt32) throws(SegmentError) {
    try codes.check(Int(first), Int(last) - Int(first) + 1)
  }

  /// The length of a document plus 1, or `long`, where it has been checked.
  @inline(__always)
  mutating func known(_ document: UInt32) -> UInt8 { codes.bytes.load(Int(document), as: UInt8.self) }

  /// The length of a document plus 1, or `long`.
  @inline(__always)
  mutating func code(_ document: UInt32) throws(SegmentError) -> UInt8 {
    try codes.load(Int(document), as: UInt8.self)
  }

  /// The length of a document. - Complexity: O(log n) of n long texts for one of them.
  mutating func length(_ document: UInt32) throws(SegmentError) -> Int { try lengths.value(Int(document)) }
}

/// Keeps them from one query to the next.
final class LengthBox {
  var bytes: LengthBytes?
}
