internal import Bytes
public import Records

/// A text's SimHash: 64 bits of which near-duplicates share all but a few (M. Charikar, "Similarity estimation techniques
/// from rounding algorithms", 2002).
public enum TextFingerprint {
  /// The fingerprint of a text's terms, each with the one before it; 0 where fewer than `leastTerms` are left.
  ///
  /// Names, links' digits and numbers are left out: they are what copies differ in. - Complexity: O(64 terms).
  public static func of(_ tokens: borrowing TokenList) -> UInt64 {
    // Sums of ±1 a bit, eight bits of the hash at a time in the eight lanes of a vector.
    var sums = SIMD64<Int16>(repeating: 0)
    var terms = 0
    var last: UInt64 = 0
    var lastPosition = Int32(-1)
    for index in 0..<tokens.count {
      let token = tokens.tokens[index]
      if token.position == lastPosition { continue }
      lastPosition = token.position
      let term = tokens.term(index)
      if !counts(term) { continue }
      terms += 1
      let hash = Checksum.xxh3(term)
      add(hash, to: &sums)
      if last != 0 { add(hash &* 0x9E37_79B9_7F4A_7C15 ^ last, to: &sums) }
      last = hash
    }
    if terms < leastTerms { return 0 }
    var result: UInt64 = 0
    for bit in 0..<64 where sums[bit] > 0 { result |= 1 << UInt64(bit) }
    return result == 0 ? 1 : result
  }

  /// Shorter texts are alike by chance.
  public static let leastTerms = 4

  private static func counts(_ term: Span<UInt8>) -> Bool {
    let first = term[0]
    if first == UInt8(ascii: "@") || first == UInt8(ascii: "#") || first == UInt8(ascii: "$") { return false }
    for index in 0..<term.count where term[index] >= 0x30 && term[index] <= 0x39 { return false }
    return true
  }

  @inline(__always)
  private static func add(_ hash: UInt64, to sums: inout SIMD64<Int16>) {
    for bit in 0..<64 { sums[bit] &+= Int16(truncatingIfNeeded: (hash >> UInt64(bit) & 1) << 1) &- 1 }
  }
}

/// Texts that are nearly the same.
public enum NearDuplicates {
  /// Bits in which the fingerprints of near-duplicates differ at most (Manku, Jain and Das Sarma, "Detecting
  /// near-duplicates for web crawling", 2007).
  public static let distance = 3

  /// Of each group of near-duplicates the first, as places in `fingerprints`; a fingerprint of 0 has no duplicates.
  ///
  /// Two that differ in at most three bits agree in one of four quarters: only those are compared.
  /// - Complexity: O(n) expected for texts that differ.
  public static func firsts(_ fingerprints: [UInt64]) -> [Int] {
    var buckets: [UInt64: [Int]] = [:]
    var firsts: [Int] = []
    for (index, print) in fingerprints.enumerated() {
      if print == 0 {
        firsts.append(index)
        continue
      }
      var isDuplicate = false
      for quarter in 0..<4 where !isDuplicate {
        for other in buckets[key(print, quarter)] ?? []
        where (fingerprints[other] ^ print).nonzeroBitCount <= distance {
          isDuplicate = true
          break
        }
      }
      if isDuplicate { continue }
      firsts.append(index)
      for quarter in 0..<4 { buckets[key(print, quarter), default: []].append(index) }
    }
    return firsts
  }

  private static func key(_ print: UInt64, _ quarter: Int) -> UInt64 {
    UInt64(quarter) << 16 | print >> UInt64(quarter * 16) & 0xFFFF
  }
}
