package import Bytes
package import Commits

/// Reads the member `deletes`: tweets and accounts that were deleted, kept for ever, also when they were never seen.
package struct DeletedIDs: Sendable {
  package let tweets: IDList
  package let users: IDList

  /// Appends the member of ascending ids.
  package static func encode(tweets: [UInt64], users: [UInt64], to out: inout ByteBuffer) {
    out.append(littleEndian: UInt32(tweets.count))
    out.append(littleEndian: UInt32(users.count))
    for id in tweets { out.append(littleEndian: id) }
    for id in users { out.append(littleEndian: id) }
  }

  package init(_ member: CheckedMember) throws(SegmentError) {
    let tweets = Int(try member.load(0, as: UInt32.self))
    let users = Int(try member.load(4, as: UInt32.self))
    guard member.count == 8 + 8 * (tweets + users) else {
      throw member.corrupt(0, "\(tweets + users) ids in \(member.count) bytes")
    }
    self.tweets = IDList(member, from: 8, count: tweets)
    self.users = IDList(member, from: 8 + 8 * tweets, count: users)
  }
}
