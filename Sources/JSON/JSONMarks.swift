internal import CSimdjson

/// Where the strings of a JSON text may end: a bit for each quote, backslash and control character of it.
///
/// The bits of 64 bytes are found at once, so that a string is passed over by counting zeros. Reused from text to text.
/// Not for what is no UTF-8. - Complexity: O(n), several GB/s. Memory: a bit a byte of the largest text.
@safe
public struct JSONMarks: ~Copyable {
  private var words: [UInt64] = []

  /// Of no text.
  public init() {}

  /// Finds those of `bytes`. - Returns: whether the bytes are UTF-8; without it the marks mean nothing.
  public mutating func find(in bytes: Span<UInt8>) -> Bool {
    let needed = bytes.count / 64 + 1
    if words.count < needed { words = [UInt64](repeating: 0, count: needed + needed / 2) }
    var view = words.mutableSpan
    let status = unsafe bytes.withUnsafeBufferPointer { all in
      unsafe view.withUnsafeMutableBufferPointer { marks in
        guard let from = all.baseAddress, let to = marks.baseAddress else {
          return Int32(TM_JSON_SYNTAX.rawValue)
        }
        // SAFETY: `marks` holds the words that `all.count` bytes need.
        return unsafe tm_json_marks(from, all.count, to)
      }
    }
    return UInt32(status) == TM_JSON_OK.rawValue
  }

  /// The marks found last, from the lowest bit of the first word on; words beyond those of the text are of no account.
  public var span: Span<UInt64> {
    @_lifetime(borrow self)
    get { words.span }
  }
}
