/// The generator behind every choice in the world: Steele, Lea and Flood's SplitMix64, so that one seed gives one world
/// on every machine. Not for secrets.
public struct SplitMix64: Sendable {
  private var state: UInt64

  /// A generator whose sequence depends on `seed` alone.
  public init(_ seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in `0..<bound`, by the high half of a product: the bias is below 2⁻³² for bounds under 2³².
  public mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
  }

  /// True in `perMille` of 1000 cases.
  public mutating func chance(_ perMille: Int) -> Bool { below(1000) < perMille }

  /// A value with a long tail: mostly near 0, at times up to `top` (three uniform numbers multiplied).
  public mutating func skewed(_ top: Int) -> Int { below(below(below(top + 1) + 1) + 1) }

  /// The finaliser alone: a hash of one word.
  public static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Ranks 0, 1, 2… drawn with weights 1, 1/2, 1/3…, as words and accounts are in the world.
///
/// One table look-up a draw; only additions and divisions build it, so that it is the same on every machine.
struct Zipf: Sendable {
  private let ranks: [UInt32]

  /// A table over `count` ranks. Memory: 1 MiB. - Complexity: O(count + 2¹⁸).
  init(count: Int) {
    let slots = 1 << 18
    var total = 0.0
    for rank in 0..<count { total += 1 / Double(rank + 1) }
    var ranks: [UInt32] = []
    ranks.reserveCapacity(slots)
    var sum = 0.0
    for rank in 0..<count {
      sum += 1 / Double(rank + 1)
      let end = rank == count - 1 ? slots : Int(sum / total * Double(slots))
      while ranks.count < end { ranks.append(UInt32(rank)) }
    }
    self.ranks = ranks
  }

  /// One rank.
  func draw(_ random: inout SplitMix64) -> Int { Int(ranks[Int(random.next() >> 46)]) }
}
