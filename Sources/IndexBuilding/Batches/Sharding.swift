internal import Bytes
internal import JSON
internal import Records

/// Which shard of an index a tweet belongs to: XXH64 (seed 0) of a text of it, modulo the number of shards.
public struct Sharding: Equatable, Sendable {
  /// What decides.
  public enum Key: String, CaseIterable, Sendable {
    /// The tweet's id, in decimal digits.
    case id
    /// Its author's id; nothing where there is none.
    case user
    /// Its day (UTC), as 2020-01-31.
    case day
    /// The country code of its place, as it is written; nothing where there is none.
    case country
  }

  /// How many shards there are.
  public let count: Int
  /// What decides.
  public let key: Key
  /// The only one that is built; nil for all.
  public let only: Int?

  /// One index, no shards.
  public static let none = Sharding(count: 1, key: .id, only: nil)
  /// Shards at most: each has a writer and a segment in memory.
  public static let most = 1000

  /// `count` shards, from 1 to `most`. - Precondition: `only` is one of them.
  public init(count: Int, key: Key, only: Int?) {
    precondition((1...Self.most).contains(count) && only.map { $0 >= 0 && $0 < count } ?? true)
    self.count = count
    self.key = key
    self.only = only
  }

  /// The shards that are built.
  public var built: [Int] { only.map { [$0] } ?? Array(0..<count) }

  /// The folder of a shard: shard-000, shard-001….
  public static func folder(_ shard: Int) -> String {
    let digits = String(shard)
    return "shard-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// A tweet's place in `built`; nil where its shard is not built.
  func place(of tweet: borrowing Tweet, _ scratch: inout ByteBuffer) -> Int? {
    if count == 1 { return 0 }
    scratch.removeAll()
    switch key {
    case .id: scratch.append(decimal: tweet.id)
    case .user: if let user = tweet.user, user.id > 0 { scratch.append(decimal: user.id) }
    case .day:
      Timestamp.append(tweet.createdAt, to: &scratch)
      scratch.truncate(to: min(scratch.count, 10))
    case .country: if let geo = tweet.geo { scratch.append(tweet.bytes(geo.country)) }
    }
    let shard = Int(Checksum.xxh64(scratch.span) % UInt64(count))
    guard let only else { return shard }
    return shard == only ? 0 : nil
  }
}
