internal import Bytes
internal import CommitWriting
internal import Commits
internal import Timelines
internal import Follows

/// The accounts of tweets as numbers of a graph that knows them all, by tweet.
struct NumberedTweets {
  let authors: [UInt32]
  /// 0 for no reply, else the one replied to plus 1; `.max` for someone unknown.
  let replies: [UInt32]
  /// 0, or who made the original plus 1.
  let originalAuthors: [UInt32]

  /// - Complexity: O(n log users).
  init(_ tweets: [TweetFacts], _ users: UserTable) {
    func number(_ id: UInt64) -> UInt32 {
      guard let number = users.number(of: id) else { fatalError("account \(id) has no number") }
      return number
    }
    authors = tweets.map { number($0.author) }
    replies = tweets.map { tweet in
      tweet.replyTo == 0 ? 0 : tweet.replyTo == TweetFacts.someone ? .max : number(tweet.replyTo) + 1
    }
    originalAuthors = tweets.map { $0.originalAuthor == 0 ? 0 : number($0.originalAuthor) + 1 }
  }
}

extension SegmentArchiveWriter {
  mutating func add(_ member: TimelineFormat.Member, _ bytes: borrowing ByteBuffer) throws(SystemError) {
    try add(member.rawValue, bytes.span)
  }

  /// Adds the rows of tweets.
  mutating func addTweets(
    _ tweets: [TweetFacts], _ hidden: [Bool], _ numbered: NumberedTweets, _ users: SegmentUsers
  )
    throws(SystemError)
  {
    var out = ByteBuffer(capacity: tweets.count * TweetRow.size)
    for (tweet, facts) in tweets.enumerated() {
      let reply = numbered.replies[tweet]
      let maker = numbered.originalAuthors[tweet]
      TweetRow.append(
        facts, author: users.number(numbered.authors[tweet]),
        reply: reply == 0 || reply == .max ? reply : users.number(reply - 1) + 1,
        originalAuthor: maker == 0 ? 0 : users.number(maker - 1) + 1, isHidden: hidden[tweet], to: &out)
    }
    try add(.tweets, out)
  }

  /// Adds each author's tweets. - Complexity: O(tweets + users).
  mutating func addAuthors(_ numbered: NumberedTweets, _ users: SegmentUsers) throws(SystemError) {
    var ends = [UInt32](repeating: 0, count: users.users.count + 1)
    for author in numbered.authors { ends[Int(users.number(author)) + 1] += 1 }
    for user in users.users.indices { ends[user + 1] += ends[user] }
    try add(.authorOffsets, Self.column(ends.count) { $0.append(littleEndian: ends[$1]) })
    var next = ends
    var order = [UInt32](repeating: 0, count: numbered.authors.count)
    for (tweet, author) in numbered.authors.enumerated() {
      let user = Int(users.number(author))
      order[Int(next[user])] = UInt32(tweet)
      next[user] += 1
    }
    try add(.authorTweets, Self.column(order.count) { $0.append(littleEndian: order[$1]) })
  }

  private static func column(_ count: Int, _ append: (inout ByteBuffer, Int) -> Void) -> ByteBuffer {
    var out = ByteBuffer(capacity: count * 8)
    for index in 0..<count { append(&out, index) }
    return out
  }
}
