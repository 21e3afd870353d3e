internal import Bytes
internal import Commits

/// Walks a timeline store: every checksum, then everything decoded and compared with itself.
public enum TimelineCheck {
  /// All problems of the newest commit at `path`, in the order of its segments; none when it is sound.
  ///
  /// - Throws: `CommitError.notAStore`, `SystemError`.
  public static func problems(_ path: String, threads: Int) throws -> [String] {
    let folder = CommitFolder(path, .timelines)
    let (_, found) = try StoreCheck.problems(folder, threads: threads) { entry, _ in
      let segment = try TimelineSegment(folder.segment(entry.name), expected: entry)
      try segment.archive.checkAll()
      try TimelineSegmentCheck(segment).run()
      return nil
    }
    return found.compactMap { $0 }
  }
}

/// Decodes all of one segment.
struct TimelineSegmentCheck {
  private let segment: TimelineSegment

  init(_ segment: TimelineSegment) { self.segment = segment }

  private func corrupt(_ member: TimelineFormat.Member, _ place: Int, _ reason: String) -> SegmentError {
    .corrupt(file: segment.archive.file, member: member.rawValue, offset: place, reason: reason)
  }

  /// - Throws: the first `SegmentError`.
  func run() throws(SegmentError) {
    try checkTweets()
    try checkUsers()
    try checkChanges()
    try checkNames()
    try checkDeletes()
    try checkLists()
  }

  private func checkNames() throws(SegmentError) {
    var before: (name: [UInt8], user: UInt32)?
    for place in 0..<segment.names.count {
      let name = try segment.names.name(place)
      _ = try segment.id(name.user)
      guard let own = try segment.names.name(of: name.user), own.name == name.name, own.at == name.at else {
        throw corrupt(.names, place, "a name whose user has another one")
      }
      let folded = NamedUser.folded(name.name)
      if let before, !before.name.lexicographicallyPrecedes(folded),
        before.name != folded || before.user >= name.user
      {
        throw corrupt(.names, place, "names out of order")
      }
      before = (folded, name.user)
    }
    for user in 0..<UInt32(segment.users) {
      if let name = try segment.names.name(of: user), name.user != user {
        throw corrupt(.names, Int(user), "a user with the name of another")
      }
    }
  }

  private func checkDeletes() throws(SegmentError) {
    try segment.deletes.tweets.checkOrder()
    try segment.deletes.users.checkOrder()
    try segment.superseded.checkOrder()
  }

  private func checkLists() throws(SegmentError) {
    for place in 0..<segment.pulledAuthors {
      let author = try segment.pulledAuthor(place)
      _ = try segment.id(author)
      if place > 0, try segment.pulledAuthor(place - 1) >= author {
        throw corrupt(.pulled, place, "authors out of order")
      }
    }
    let popular = segment.popularMember
    guard popular.count % 8 == 0, popular.count <= 8 * TimelineFormat.popular else {
      throw corrupt(.popular, 0, "\(popular.count) bytes")
    }
    for place in stride(from: 0, to: popular.count, by: 8) {
      _ = try segment.id(try popular.load(place, as: UInt32.self))
    }
  }

  private func checkTweets() throws(SegmentError) {
    for tweet in 0..<segment.header.tweets {
      let facts = try segment.facts(tweet)
      guard facts.at <= segment.header.newest else {
        throw corrupt(.tweets, tweet, "later than the newest event")
      }
      let marks = try segment.marks(tweet)
      guard marks == TweetMarks(facts, isHidden: marks.contains(.hidden)) else {
        throw segment.corruptMarks(tweet)
      }
      if marks.contains(.protected), try !segment.flags(try segment.author(tweet)).contains(.protected) {
        throw corrupt(.flags, Int(try segment.author(tweet)), "no mark of a protected account")
      }
      if tweet == 0 { continue }
      let before = try segment.facts(tweet - 1)
      guard (before.at, before.id) < (facts.at, facts.id) else {
        throw corrupt(.tweets, tweet, "tweet \(tweet) is out of order")
      }
    }
  }

  private func checkUsers() throws(SegmentError) {
    var list: [UInt32] = []
    var deliveries = 0
    var edges = 0
    var authored = 0
    for user in 0..<UInt32(segment.users) {
      let id = try segment.id(user)
      if id == 0 { throw corrupt(.users, 0, "an account with the id 0") }
      if user > 0, try segment.id(user - 1) >= id { throw corrupt(.users, Int(user), "ids out of order") }
      var last = -1
      for place in try segment.tweets(of: user) {
        let tweet = try segment.authorTweet(place)
        guard tweet > last, try segment.author(tweet) == user else {
          throw corrupt(.authorTweets, place, "a tweet of another author")
        }
        last = tweet
        authored += 1
      }
      try segment.timeline(user, into: &list)
      guard list.count <= segment.header.cap else {
        throw corrupt(.timelineOffsets, Int(user), "\(list.count) tweets, the cap is \(segment.header.cap)")
      }
      deliveries += list.count
      try segment.followees(user, into: &list)
      edges += list.count
    }
    guard authored == segment.header.tweets, deliveries == segment.header.deliveries,
      edges == segment.header.edges
    else { throw corrupt(.header, 16, "the counts do not add up") }
  }

  private func checkChanges() throws(SegmentError) {
    for kind in ChangeKind.allCases {
      for index in 0..<segment.changes.count(kind) {
        let row = try segment.changes.row(kind, index)
        _ = try segment.id(row.owner)
        _ = try segment.id(row.other)
        if index > 0, try segment.changes.row(kind, index - 1) >= row {
          throw corrupt(.changes, index, "changes out of order")
        }
      }
    }
  }
}
