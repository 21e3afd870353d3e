internal import Bytes

/// A row of fixed width that has its place among all others by all that it says: rows that are equal are the same.
protocol SortedRow: Comparable {
  /// Bytes of a row in a file.
  static var width: Int { get }
  /// Appends `width` bytes.
  func append(to out: inout ByteBuffer)
  /// Reads what `append` wrote at `offset`.
  init(_ bytes: Span<UInt8>, at offset: Int)
}
