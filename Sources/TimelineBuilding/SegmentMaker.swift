internal import Activity
internal import Bytes
internal import CommitWriting
internal import Commits
internal import Timelines
internal import Follows

/// Makes a segment: pushes its tweets to the followers of the whole graph, and writes all members.
///
/// Equal content, graph and settings make equal bytes, whatever the threads.
struct SegmentMaker {
  let graph: FollowGraph
  let settings: FanoutSettings
  /// By user of the graph: whether tweets may be pushed to it; others are built at read.
  let isActive: [Bool]
  /// Bytes of a part of the timelines that is followed by another, at least.
  var partSize = TimelineFormat.partSize

  /// Writes the segment at `path`. - Returns: what a manifest keeps of it, and the seconds that pushing took.
  /// - Throws: `SystemError`.
  func write(_ content: SegmentContent, to path: String) throws -> (Manifest.Segment, seconds: Double) {
    let tweets = NumberedTweets(content.tweets, graph.users)
    let began = Syscalls.monotonicSeconds()
    let plan = pushes(tweets, content.hidden)
    let pulled = pulledAuthors(tweets, plan)
    var archive = try SegmentArchiveWriter(path)
    // Timelines first: they say who is in the segment.
    let pushed = try push(plan, into: &archive)
    let seconds = Syscalls.monotonicSeconds() - began
    let numbers = users(of: content, tweets, pushed)
    var header = TimelineHeader()
    header.users = numbers.users.count
    header.tweets = content.tweets.count
    header.deliveries = pushed.deliveries
    header.cap = settings.cap
    header.pushBelow = settings.pushBelow
    header.parts = pushed.parts
    header.newest = content.newest
    let follows = encodedFollows(content.edges, numbers)
    header.edges = follows.edges
    header.changes =
      content.changes[ChangeKind.follow.rawValue].count
      + content.changes[ChangeKind.block.rawValue].count + content.changes[ChangeKind.mute.rawValue].count
    try archive.add(.header, header.encoded())
    try archive.add(.users, column(numbers.users) { $0.append(littleEndian: graph.users.id($1)) })
    try archive.add(.flags, flags(content, tweets, numbers, pushed))
    try archive.addTweets(content.tweets, content.hidden, tweets, numbers)
    var bytes = ByteBuffer()
    for id in content.superseded { bytes.append(littleEndian: id) }
    try archive.add(.superseded, bytes)
    try archive.add(
      .pulled,
      column(numbers.users.filter { pulled[Int($0)] }) { $0.append(littleEndian: numbers.number($1)) })
    try archive.addAuthors(tweets, numbers)
    try archive.add(
      .timelineOffsets,
      Self.offsets(numbers.users) { user in Int(pushed.sizes[Int(user)]) })
    try archive.add(.followOffsets, follows.offsets)
    try archive.add(.follows, follows.bytes)
    bytes = ByteBuffer()
    ChangeRows.encode(content.changes.map { rows in rows.map { numbers.renamed($0) } }, to: &bytes)
    try archive.add(.changes, bytes)
    bytes = ByteBuffer()
    NameTable.encode(
      namedUsers(content.names, numbers), content.names.bytes, users: numbers.users.count, to: &bytes)
    try archive.add(.names, bytes)
    bytes = ByteBuffer()
    DeletedIDs.encode(tweets: content.deletedTweets, users: content.deletedUsers, to: &bytes)
    try archive.add(.deletes, bytes)
    try archive.add(.popular, popular(numbers))
    let made = try archive.commit()
    let entry = Manifest.Segment(
      name: Paths.name(path), size: made.size, checksum: made.checksum, documents: content.tweets.count)
    return (entry, seconds)
  }

  // MARK: Pushing

  // Authors that are few enough to follow, and those they reply to.
  private func pushes(_ tweets: NumberedTweets, _ hidden: [Bool]) -> PushPlan {
    var roles = [UInt8](repeating: 0, count: graph.users.count)
    for (tweet, author) in tweets.authors.enumerated() where !hidden[tweet] { roles[Int(author)] |= 1 }
    var accounts: [UInt32] = []
    for user in roles.indices where roles[user] == 1 {
      if graph.followerCount(UInt32(user), at: FollowGraph.end) >= settings.pushBelow { roles[user] = 2 }
    }
    for (tweet, author) in tweets.authors.enumerated() where roles[Int(author)] & 3 == 1 {
      let reply = tweets.replies[tweet]
      if reply > 0 && reply != .max { roles[Int(reply - 1)] |= 4 }
    }
    for user in roles.indices where roles[user] & 5 != 0 { accounts.append(UInt32(user)) }
    let audiences = Audiences(graph, of: accounts, threads: settings.threads)
    let authors = tweets.authors.enumerated().map { tweet, author in
      hidden[tweet]
        ? PushPlan.hidden : roles[Int(author)] & 3 == 1 ? audiences.lists[Int(author)] : PushPlan.pulled
    }
    let replies = tweets.replies.map { reply in
      reply == 0
        ? PushPlan.notReply : reply == .max ? PushPlan.nobody : audiences.lists[Int(reply - 1)]
    }
    return PushPlan(
      authors: authors, replies: replies, audiences: audiences, cap: settings.cap, takes: takers())
  }

  private func takers() -> [Bool] {
    isActive.indices.map { isActive[$0] && settings.shard.holds(graph.users.id(UInt32($0))) }
  }

  private func pulledAuthors(_ tweets: NumberedTweets, _ plan: PushPlan) -> [Bool] {
    var pulled = [Bool](repeating: false, count: graph.users.count)
    for (tweet, author) in tweets.authors.enumerated() where plan.authors[tweet] == PushPlan.pulled {
      pulled[Int(author)] = true
    }
    return pulled
  }

  /// What was pushed to each user of the graph.
  struct Pushed {
    var sizes: [UInt32]
    var isCut: [Bool]
    var deliveries = 0
    var parts = 0
  }

  // Parts go to the archive as they are full: no timeline is held longer, and none is written twice.
  private func push(_ plan: PushPlan, into archive: inout SegmentArchiveWriter) throws -> Pushed {
    let slices = plan.slices(wanted: 4 * settings.threads)
    var pushed = Pushed(sizes: [], isCut: [Bool](repeating: false, count: graph.users.count))
    pushed.sizes.reserveCapacity(graph.users.count)
    let next = BoundedQueue<Range<Int>>(capacity: max(slices.count, 1))
    for slice in slices { next.push(slice) }
    next.close()
    // No varint of a tweet's number has more than four bytes: so parts are few enough, and their cuts depend on the input.
    let entries = plan.bounds.reduce(0) { $0 + min(Int($1), plan.cap) }
    let size = max(partSize, entries * 4 / (TimelineFormat.parts - 1))
    var part = ByteBuffer()
    try OrderedWork.run(
      threads: settings.threads, produce: { next.pop() }, context: {},
      work: { _, users in plan.push(users) },
      consume: { (slice: PushedSlice) in
        pushed.sizes += slice.sizes
        pushed.deliveries += slice.deliveries
        for user in slice.cut { pushed.isCut[slice.users.lowerBound + Int(user)] = true }
        // Slices differ by the number of threads: parts end with a timeline, wherever its slice does.
        var start = 0
        var end = 0
        for bytes in slice.sizes {
          end += Int(bytes)
          if part.count + end - start < size { continue }
          part.append(slice.bytes.span.extracting(start..<end))
          start = end
          try Self.add(&part, to: &archive, &pushed.parts)
        }
        part.append(slice.bytes.span.extracting(start..<end))
      })
    if !part.isEmpty { try Self.add(&part, to: &archive, &pushed.parts) }
    return pushed
  }

  private static func add(
    _ part: inout ByteBuffer, to archive: inout SegmentArchiveWriter, _ parts: inout Int
  ) throws(SystemError) {
    try archive.add(TimelineFormat.part(parts), part.span)
    part.removeAll()
    parts += 1
  }

  // MARK: Users

  // All that any member names.
  private func users(of content: SegmentContent, _ tweets: NumberedTweets, _ pushed: Pushed) -> SegmentUsers {
    var isUsed = [Bool](repeating: false, count: graph.users.count)
    for user in pushed.sizes.indices where pushed.sizes[user] > 0 { isUsed[user] = true }
    for author in tweets.authors { isUsed[Int(author)] = true }
    for reply in tweets.replies where reply > 0 && reply != .max { isUsed[Int(reply - 1)] = true }
    for author in tweets.originalAuthors where author > 0 { isUsed[Int(author - 1)] = true }
    forEachEdge(content.edges) { follower, followee in
      isUsed[Int(follower)] = true
      isUsed[Int(followee)] = true
    }
    for rows in content.changes {
      for row in rows {
        isUsed[Int(row.owner)] = true
        isUsed[Int(row.other)] = true
      }
    }
    for name in content.names.entries {
      if let user = graph.users.number(of: name.user) { isUsed[Int(user)] = true }
    }
    for user in content.resets { isUsed[Int(user)] = true }
    for user in mostFollowed() { isUsed[Int(user.user)] = true }
    // Who is not pushed to must be known by that.
    let list = [UInt32](0..<UInt32(graph.users.count))
    if !isActive.allSatisfy({ $0 }) {
      for user in list where !isActive[Int(user)] { isUsed[Int(user)] = true }
    }
    return SegmentUsers(isUsed)
  }

  private func namedUsers(_ names: NameList, _ numbers: SegmentUsers) -> [NameTable.Entry] {
    names.entries.compactMap { name in
      graph.users.number(of: name.user).map {
        NameTable.Entry(user: numbers.number($0), at: name.at, start: name.start, count: name.count)
      }
    }
  }

  private func flags(
    _ content: SegmentContent, _ tweets: NumberedTweets, _ numbers: SegmentUsers, _ pushed: Pushed
  ) -> ByteBuffer {
    var wasProtected = [Bool](repeating: false, count: graph.users.count)
    for (tweet, facts) in content.tweets.enumerated() where facts.protection == .protected {
      wasProtected[Int(tweets.authors[tweet])] = true
    }
    var resets = content.resets[...]
    return column(numbers.users) { out, user in
      var flags: UserFlags = []
      if pushed.isCut[Int(user)] { flags.insert(.cut) }
      if !isActive[Int(user)] { flags.insert(.unpushed) }
      if wasProtected[Int(user)] { flags.insert(.protected) }
      while let first = resets.first, first < user { resets.removeFirst() }
      if resets.first == user { flags.insert(.reset) }
      out.append(flags.rawValue)
    }
  }

  private func column(_ users: [UInt32], _ append: (inout ByteBuffer, UInt32) -> Void) -> ByteBuffer {
    var out = ByteBuffer(capacity: users.count * 8)
    for user in users { append(&out, user) }
    return out
  }

  static func offsets(_ users: [UInt32], _ size: (UInt32) -> Int) -> ByteBuffer {
    var out = ByteBuffer(capacity: users.count * 8 + 8)
    var end = 0
    out.append(littleEndian: UInt64(0))
    for user in users {
      end += size(user)
      out.append(littleEndian: UInt64(end))
    }
    return out
  }

  // MARK: The graph

  private func forEachEdge(_ edges: SegmentContent.EdgeSet, _ body: (UInt32, UInt32) -> Void) {
    switch edges {
    case .none: break
    case .all:
      for user in 0..<UInt32(graph.users.count) { graph.forEachEdge(user) { body(user, $0) } }
    case .some(let list):
      for edge in list { body(UInt32(edge >> 32), UInt32(truncatingIfNeeded: edge)) }
    }
  }

  private func encodedFollows(_ edges: SegmentContent.EdgeSet, _ numbers: SegmentUsers) -> FollowLists {
    var lists = FollowLists()
    var owner: UInt32 = 0
    var last: UInt32 = 0
    var isFirst = true
    forEachEdge(edges) { follower, followee in
      let number = numbers.number(follower)
      if number != owner {
        lists.end(users: Int(number - owner))
        owner = number
        isFirst = true
      }
      let other = numbers.number(followee)
      lists.bytes.append(varint: UInt64(isFirst ? other : other - last - 1))
      lists.edges += 1
      last = other
      isFirst = false
    }
    lists.end(users: numbers.users.count - Int(owner))
    return lists
  }

  private func popular(_ numbers: SegmentUsers) -> ByteBuffer {
    var out = ByteBuffer()
    for (user, followers) in mostFollowed() {
      out.append(littleEndian: numbers.number(user))
      out.append(littleEndian: UInt32(followers))
    }
    return out
  }

  // The most followed of the whole graph.
  private func mostFollowed() -> [(user: UInt32, followers: Int)] {
    var best: [(user: UInt32, followers: Int)] = []
    for user in 0..<UInt32(graph.users.count) {
      let followers = graph.followerCount(user, at: FollowGraph.end)
      if followers == 0 { continue }
      if best.count == TimelineFormat.popular, followers <= best[best.count - 1].followers { continue }
      let place = best.firstIndex { $0.followers < followers } ?? best.count
      best.insert((user, followers), at: place)
      if best.count > TimelineFormat.popular { best.removeLast() }
    }
    return best
  }
}

/// Lists of followees as they are written.
struct FollowLists: ~Copyable {
  var bytes = ByteBuffer()
  var offsets = ByteBuffer()
  var edges = 0

  init() { offsets.append(littleEndian: UInt64(0)) }

  /// Ends the lists of so many users, of whom all but the first have none.
  mutating func end(users: Int) {
    for _ in 0..<users { offsets.append(littleEndian: UInt64(bytes.count)) }
  }
}
