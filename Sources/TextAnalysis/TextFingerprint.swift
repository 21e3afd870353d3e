internal import Bytes
public import Records

/// A text's SimHash: 64 bits of which near-duplicates share all but a few (M. Charikar, "Similarity estimation techniques
/// from rounding algorithms", 2002).
public enum TextFingerprint {
  /// The fingerprint of a text's terms, each with the one before it; 0 where fewer than `leastTerms` are left.
  ///
  /// Names, links' digits and numbers are left out: they are what copies differ in. - Complexity: O(64 terms).
  public static func of(_ tokens: borrowing TokenList) -> UInt64 {
    var bits = BitCounts()
    var terms = 0
    var last: UInt64 = 0
    var lastPosition = Int32(-1)
    // Lent once for all, as asking the list for each term took as long as its hash.
    let list = tokens.tokens.span
    let bytes = tokens.bytes.span
    for index in 0..<list.count {
      let token = list[index]
      if token.position == lastPosition { continue }
      lastPosition = token.position
      let place = Int(token.start)..<Int(token.start) + Int(token.count)
      if !counts(bytes, place) { continue }
      // Twice as many words are counted; a text of more is known by its beginning.
      if terms == 1 << 14 { break }
      terms += 1
      let hash = Checksum.xxh3(bytes.extracting(place))
      // The first stands alone. A hash of 0, if there is one, makes no pair.
      if last != 0 { bits.add(hash, hash &* 0x9E37_79B9_7F4A_7C15 ^ last) } else { bits.add(hash) }
      last = hash
    }
    return terms < leastTerms ? 0 : max(bits.majority, 1)
  }

  /// Shorter texts are alike by chance.
  public static let leastTerms = 4

  /// Where a text itself begins: behind the `RT @name: ` (once or more) that marks it as a repetition of another's.
  public static func start(of text: Span<UInt8>) -> Int {
    var start = 0
    while let next = behindMark(text, start) { start = next }
    return start
  }

  // One past the mark and its blanks; nil where none begins at `start` or nothing follows.
  private static func behindMark(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard text.count - start > 6, text.extracting(start..<start + 4).equals("RT @") else { return nil }
    var index = start + 4
    while index < text.count, isNamePart(text[index]) { index += 1 }
    if index == start + 4 { return nil }
    if index < text.count, text[index] == UInt8(ascii: ":") { index += 1 }
    let end = index
    while index < text.count, text[index] == 0x20 { index += 1 }
    return index > end && index < text.count ? index : nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F
  }

  private static func counts(_ bytes: Span<UInt8>, _ term: Range<Int>) -> Bool {
    let first = bytes[term.lowerBound]
    if first == UInt8(ascii: "@") || first == UInt8(ascii: "#") || first == UInt8(ascii: "$") { return false }
    var index = term.lowerBound
    while index < term.upperBound {
      if hasDigit(bytes.word(from: index, to: term.upperBound)) { return false }
      index += 8
    }
    return true
  }

  // Of eight bytes at once: a digit differs from 0x30 by less than ten, so that 0x76 more leave its highest bit clear.
  @inline(__always)
  private static func hasDigit(_ word: UInt64) -> Bool {
    let apart = word ^ 0x3030_3030_3030_3030
    let others = (apart & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | apart
    return others & 0x8080_8080_8080_8080 != 0x8080_8080_8080_8080
  }
}

/// How often each of 64 bits was set, bit-sliced: word i holds bit i of all 64 counts, so that an addition costs a few
/// operations on words and not 64 on counts.
private struct BitCounts {
  private var slices: [16 of UInt64] = [16 of UInt64](repeating: 0)
  private var total = 0

  /// Counts the bits of `word`. At most 65,535 times.
  mutating func add(_ word: UInt64) {
    precondition(total < 1 << 16 - 1)
    total += 1
    ripple(word, from: 0)
  }

  /// Counts the bits of both: a full adder takes them into the lowest slice, and one carry goes on.
  mutating func add(_ first: UInt64, _ second: UInt64) {
    precondition(total < 1 << 16 - 2)
    total += 2
    let half = slices[0] ^ first
    let carry = slices[0] & first | half & second
    slices[0] = half ^ second
    ripple(carry, from: 1)
  }

  @inline(__always)
  private mutating func ripple(_ word: UInt64, from first: Int) {
    var carry = word
    var slice = first
    while carry != 0 {
      let next = slices[slice] & carry
      slices[slice] ^= carry
      carry = next
      slice += 1
    }
  }

  /// The bits that were set in more than half of the words.
  var majority: UInt64 {
    let half = UInt64(total / 2)
    var greater: UInt64 = 0
    var equal = UInt64.max
    // Slices above the total's highest bit are empty.
    for slice in (0..<min(Int.bitWidth - total.leadingZeroBitCount, 16)).reversed() {
      let bit: UInt64 = half >> UInt64(slice) & 1 == 1 ? .max : 0
      greater |= equal & slices[slice] & ~bit
      equal &= ~(slices[slice] ^ bit)
    }
    return greater
  }
}

/// Texts that are nearly the same.
public enum NearDuplicates {
  /// Bits in which the fingerprints of near-duplicates differ at most (Manku, Jain and Das Sarma, "Detecting
  /// near-duplicates for web crawling", 2007).
  public static let distance = 3

  /// Of each group of near-duplicates the first, as places in `fingerprints`; a fingerprint of 0 has no duplicates.
  ///
  /// - Complexity: O(n) for texts that differ, up to some 100,000 of them.
  public static func firsts(_ fingerprints: [UInt64]) -> [Int] {
    var index = FingerprintIndex(capacity: fingerprints.count)
    var firsts: [Int] = []
    for (place, print) in fingerprints.enumerated() {
      if print != 0 {
        if index.nearest(print) != nil { continue }
        index.insert(print)
      }
      firsts.append(place)
    }
    return firsts
  }
}
