internal import Bytes
internal import CTextScan

/// A text after its first pass: small ASCII letters, a bit for each byte of a word, a bit for each byte beyond ASCII,
/// and which signs occur. Reused from text to text. Memory: 1.25 times the longest text.
struct TextScan: ~Copyable {
  /// The text with small ASCII letters; offsets are the text's.
  private(set) var lower = ByteBuffer(capacity: 1024)
  /// Which signs of entities occur.
  private(set) var signs = EntitySigns(bits: 0)
  /// Bytes of the text.
  private(set) var count = 0
  private var words: [UInt64] = []
  private var highs: [UInt64] = []

  init() {}

  /// Scans `text`. - Complexity: O(n), about 0.15 ns a byte.
  mutating func scan(_ text: Span<UInt8>) {
    count = text.count
    let blocks = count / 64 + 1
    if words.count < blocks {
      words = Array(repeating: 0, count: blocks * 2)
      highs = words
    }
    lower.removeAll()
    signs = Self.scan(text, &lower, &words, &highs)
  }

  private static func scan(
    _ text: Span<UInt8>, _ lower: inout ByteBuffer, _ words: inout [UInt64], _ highs: inout [UInt64]
  ) -> EntitySigns {
    var bits: UInt32 = 0
    let count = text.count
    lower.append(upTo: count) { target in
      // SAFETY: `target` has room for the text's bytes, both arrays for a bit of each and one word more.
      unsafe text.withUnsafeBufferPointer { source in
        unsafe target.withUnsafeMutableBufferPointer { target in
          unsafe words.withUnsafeMutableBufferPointer { words in
            unsafe highs.withUnsafeMutableBufferPointer { highs in
              bits = unsafe tm_text_scan(
                source.baseAddress, count, target.baseAddress, words.baseAddress, highs.baseAddress)
            }
          }
        }
      }
      return count
    }
    return EntitySigns(bits: bits)
  }

  /// The first byte of a word or beyond ASCII at or after `start`; `limit` when there is none before it.
  @inline(__always)
  borrowing func content(from start: Int, limit: Int) -> Int {
    var block = start >> 6
    var bits = (words[block] | highs[block]) & ~0 << UInt64(start & 63)
    while bits == 0 {
      block += 1
      if block << 6 >= limit { return limit }
      bits = words[block] | highs[block]
    }
    return min(block << 6 + bits.trailingZeroBitCount, limit)
  }

  /// Where the ASCII word bytes that begin at `start` end.
  @inline(__always)
  borrowing func wordEnd(from start: Int, limit: Int) -> Int {
    var block = start >> 6
    var bits = ~words[block] & ~0 << UInt64(start & 63)
    while bits == 0 {
      block += 1
      if block << 6 >= limit { return limit }
      bits = ~words[block]
    }
    return min(block << 6 + bits.trailingZeroBitCount, limit)
  }
}
