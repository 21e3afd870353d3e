internal import Bytes

/// Fingerprints, found again by any that differs in at most `NearDuplicates.distance` bits.
///
/// Two that differ in at most three bits agree in one of four quarters (Manku, Jain and Das Sarma, 2007, §3), so each is
/// kept in four chains, one a quarter. A chain is made of lines of 64 bytes, the newest first: a link with the number of
/// entries, then up to seven entries, each a place and those bits of the fingerprint that the chain does not fix. Most
/// others are told by their entry alone, without a look at the fingerprint.
///
/// Memory: at most 62 bytes a fingerprint at 2²⁰ of them (4 × 9.1 in full lines, 4 × 4 in lines begun, 1 for the chains,
/// 8 itself), taken from the system as it is filled. Not for exact look-ups alone: a hash table does these better.
struct FingerprintIndex: ~Copyable {
  /// One that was found.
  struct Match: Equatable {
    /// How many were inserted before it.
    var place: Int
    /// Bits in which it differs.
    var distance: Int
  }

  /// Fingerprints it can hold.
  let capacity: Int
  /// Fingerprints it holds.
  private(set) var count = 0
  private var prints: LargeTable<UInt64>
  // The newest line of each chain; line 0 stands for none and is empty.
  private var heads: LargeTable<UInt32>
  private var lines: LargeTable<UInt64>
  private var usedLines = 1
  private let chainBits: Int

  private static let quarters = 4
  private static let lineWords = 8
  private static let placeMask: UInt64 = 1 << 28 - 1

  /// An empty index. Fewer fingerprints need fewer chains: those of several quarters then share one.
  init(capacity: Int) {
    precondition(capacity >= 0 && capacity <= Int(Self.placeMask))
    self.capacity = capacity
    chainBits = min(16, Int.bitWidth - max(capacity, 1).leadingZeroBitCount)
    prints = LargeTable(zeroed: capacity)
    heads = LargeTable(zeroed: Self.quarters << chainBits)
    let begun = min(1 << chainBits, capacity)
    lines = LargeTable(
      zeroed: Self.lineWords * (1 + Self.quarters * (capacity / (Self.lineWords - 1) + begun)))
  }

  /// The nearest to `print`, of equally near ones the first inserted; nil where none is near.
  /// - Complexity: O(count / 2¹⁶) for fingerprints at random.
  borrowing func nearest(_ print: UInt64) -> Match? {
    var best: Match?
    var turned = [4 of UInt64](repeating: 0)
    var bases = [4 of Int](repeating: 0)
    for quarter in 0..<Self.quarters {
      turned[quarter] = Self.turn(print, quarter)
      bases[quarter] = Int(heads[chain(turned[quarter], quarter)]) * Self.lineWords
    }
    // Side by side: a line is rarely in a cache, and four are fetched in the time of one.
    while bases[0] | bases[1] | bases[2] | bases[3] != 0 {
      var headers = [4 of UInt64](repeating: 0)
      for quarter in 0..<Self.quarters { headers[quarter] = lines[bases[quarter]] }
      for quarter in 0..<Self.quarters {
        let used = Int(headers[quarter] & 0xFF)
        for slot in 0..<used {
          let entry = lines[bases[quarter] + 1 + slot]
          if Self.isFar(entry, turned[quarter]) { continue }
          let place = Int(entry & Self.placeMask)
          let distance = (prints[place] ^ print).nonzeroBitCount
          if distance > NearDuplicates.distance { continue }
          if distance == 0 { return Match(place: place, distance: 0) }
          if let best, (best.distance, best.place) <= (distance, place) { continue }
          best = Match(place: place, distance: distance)
        }
        bases[quarter] = Int(headers[quarter] >> 8) * Self.lineWords
      }
    }
    return best
  }

  // Whether more than three of the bits that the entry holds differ: cheaper than a count, which x86-64 may lack.
  private static func isFar(_ entry: UInt64, _ turned: UInt64) -> Bool {
    var bits = (entry ^ turned) & ~placeMask
    for _ in 0..<NearDuplicates.distance { bits &= bits &- 1 }
    return bits != 0
  }

  /// Adds `print`, which must not be there yet, at place `count`. - Complexity: O(1).
  mutating func insert(_ print: UInt64) {
    precondition(count < capacity)
    prints[count] = print
    for quarter in 0..<Self.quarters {
      let turned = Self.turn(print, quarter)
      let chain = chain(turned, quarter)
      var base = Int(heads[chain]) * Self.lineWords
      if base == 0 || lines[base] & 0xFF == UInt64(Self.lineWords - 1) {
        lines[usedLines * Self.lineWords] = UInt64(heads[chain]) << 8
        base = usedLines * Self.lineWords
        heads[chain] = UInt32(usedLines)
        usedLines += 1
      }
      lines[base] += 1
      lines[base + Int(lines[base] & 0xFF)] = turned & ~Self.placeMask | UInt64(count)
    }
    count += 1
  }

  /// Empties it and keeps the memory.
  mutating func removeAll() {
    for chain in 0..<heads.count { heads[chain] = 0 }
    count = 0
    usedLines = 1
  }

  // The quarter in the lowest 16 bits.
  private static func turn(_ print: UInt64, _ quarter: Int) -> UInt64 {
    let shift = UInt64(16 * quarter)
    return print >> shift | print << (64 - shift)
  }

  private func chain(_ turned: UInt64, _ quarter: Int) -> Int {
    quarter << chainBits | Int(turned & (1 << UInt64(chainBits) - 1))
  }
}
