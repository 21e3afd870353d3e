package import Bytes
package import Commits

/// Reads the member `deletes`: tweets and accounts that were deleted, kept for ever, also when they were never seen.
package struct DeletedIDs: Sendable {
  private let member: CheckedMember
  /// How many tweets.
  package let tweets: Int
  /// How many accounts.
  package let users: Int

  /// Appends the member of ascending ids.
  package static func encode(tweets: [UInt64], users: [UInt64], to out: inout ByteBuffer) {
    out.append(littleEndian: UInt32(tweets.count))
    out.append(littleEndian: UInt32(users.count))
    for id in tweets { out.append(littleEndian: id) }
    for id in users { out.append(littleEndian: id) }
  }

  package init(_ member: CheckedMember) throws(SegmentError) {
    self.member = member
    tweets = Int(try member.load(0, as: UInt32.self))
    users = Int(try member.load(4, as: UInt32.self))
    guard member.count == 8 + 8 * (tweets + users) else {
      throw member.corrupt(0, "\(tweets + users) ids in \(member.count) bytes")
    }
  }

  package func tweet(_ index: Int) throws(SegmentError) -> UInt64 {
    try member.load(8 + 8 * index, as: UInt64.self)
  }
  package func user(_ index: Int) throws(SegmentError) -> UInt64 {
    try member.load(8 + 8 * (tweets + index), as: UInt64.self)
  }

  /// Whether the tweet was deleted. - Complexity: O(log n).
  package func holds(tweet id: UInt64) throws(SegmentError) -> Bool { try holds(id, 8, tweets) }

  /// Whether all tweets of the account were.
  package func holds(user id: UInt64) throws(SegmentError) -> Bool { try holds(id, 8 + 8 * tweets, users) }

  private func holds(_ id: UInt64, _ base: Int, _ count: Int) throws(SegmentError) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try member.load(base + 8 * middle, as: UInt64.self) < id { low = middle + 1 } else { high = middle }
    }
    return try low < count ? member.load(base + 8 * low, as: UInt64.self) == id : false
  }
}
