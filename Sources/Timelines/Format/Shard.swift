internal import Bytes
internal import JSON

/// Which users' timelines a store holds: those whose id's XXH64 (seed 0, of the decimal digits) falls to it.
public struct Shard: Equatable, Sendable {
  /// From 0.
  public let index: Int
  /// How many there are.
  public let count: Int

  /// All users.
  public static let all = Shard(index: 0, count: 1)

  /// Shard `index` of `count`. - Precondition: 0 ≤ index < count.
  public init(index: Int, count: Int) {
    precondition(index >= 0 && index < count)
    self.index = index
    self.count = count
  }

  /// Reads `i/N`; nil for what is none.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 0, index < count,
      count <= 4096
    else { return nil }
    self.init(index: index, count: count)
  }

  /// Whether a user's timeline is there. - Complexity: O(1).
  public func holds(_ user: UInt64) -> Bool {
    if count == 1 { return true }
    var digits = ByteBuffer(capacity: 20)
    digits.append(decimal: user)
    return Int(Checksum.xxh64(digits.span) % UInt64(count)) == index
  }

  // As a manifest keeps it.
  package var settings: String { "shard=\(index)/\(count)" }

  package init?(settings: String) {
    guard settings.hasPrefix("shard=") else { return nil }
    self.init(settings.dropFirst(6))
  }
}
