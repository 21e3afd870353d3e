internal import Bytes

/// What is pushed to whom: tweets by their audiences, users in slices that fit memory.
struct PushPlan: Sendable {
  /// By tweet, oldest first: the author's list, `pulled` or `hidden`.
  var authors: [Int32]
  /// By tweet: the list of the one replied to, `nobody` or `notReply`.
  var replies: [Int32]
  let audiences: Audiences
  /// By user: how many tweets may be pushed at most, 0 for those who get none.
  let bounds: [UInt32]
  /// The most that is pushed to one user.
  let cap: Int

  /// Of tweets whose author has too many followers.
  static let pulled: Int32 = -1
  /// Of tweets that a tombstone hides.
  static let hidden: Int32 = -2
  /// Of tweets that answer nobody.
  static let notReply: Int32 = -1
  /// Of replies to someone who is not known.
  static let nobody: Int32 = -2
  /// Entries of a slice: 32 MB of them. A slice walks through all tweets.
  static let entriesPerSlice = 8 << 20

  /// - Parameter takes: by user, whether anything is pushed to it.
  init(authors: [Int32], replies: [Int32], audiences: Audiences, cap: Int, takes: [Bool]) {
    self.authors = authors
    self.replies = replies
    self.audiences = audiences
    self.cap = cap
    var tweets = [UInt32](repeating: 0, count: audiences.count)
    for list in authors where list >= 0 { tweets[Int(list)] += 1 }
    var bounds = [UInt32](repeating: 0, count: takes.count)
    for list in 0..<audiences.count where tweets[list] > 0 {
      let more = tweets[list]
      for place in audiences.starts[list]..<audiences.starts[list + 1] {
        let user = Int(audiences.members[place])
        if takes[user] { bounds[user] = UInt32(min(Int(bounds[user]) + Int(more), cap + 1)) }
      }
    }
    self.bounds = bounds
  }

  /// Neighbouring users whose timelines are made at once, `wanted` slices at least where there is much to do.
  func slices(wanted: Int) -> [Range<Int>] {
    let total = bounds.reduce(0) { $0 + min(Int($1), cap) }
    let size = min(max(total / wanted, 1 << 16), Self.entriesPerSlice)
    var slices: [Range<Int>] = []
    var start = 0
    var sum = 0
    for user in bounds.indices {
      sum += min(Int(bounds[user]), cap)
      if sum >= size {
        slices.append(start..<user + 1)
        start = user + 1
        sum = 0
      }
    }
    if start < bounds.count { slices.append(start..<bounds.count) }
    return slices
  }
}

/// The timelines of neighbouring users, encoded.
struct PushedSlice: Sendable {
  let users: Range<Int>
  /// Bytes of each user's timeline.
  var sizes: [UInt32] = []
  /// Users, counted from the first, for whom there was more than a timeline keeps.
  var cut: [UInt32] = []
  /// Tweets in all timelines together.
  var deliveries = 0
  /// The timelines, one behind the other.
  var bytes: [UInt8] = []
}

extension PushPlan {
  /// Pushes all tweets, the newest first, to a slice of the users.
  ///
  /// Going by tweet and not by user, every timeline comes out in order and nothing is sorted: a delivery is one look at a
  /// count and one store. - Complexity: O(tweets + deliveries). Memory: 4 bytes a delivery.
  func push(_ users: Range<Int>) -> PushedSlice {
    // Where each user's entries begin, and how many there may be.
    var starts = [UInt32](repeating: 0, count: users.count + 1)
    var cursors = LargeTable<UInt64>(zeroed: users.count)
    for place in 0..<users.count {
      let start = starts[place]
      let end = start + UInt32(min(Int(bounds[users.lowerBound + place]), cap))
      starts[place + 1] = end
      cursors[place] = UInt64(end) << 32 | UInt64(start)
    }
    var entries = LargeTable<UInt32>(zeroed: Int(starts[users.count]))
    var slice = PushedSlice(users: users)
    fill(users, &entries, &cursors, &slice.cut)
    encode(starts.span, entries, cursors, &slice)
    return slice
  }

  private func fill(
    _ users: Range<Int>, _ entries: inout LargeTable<UInt32>, _ cursors: inout LargeTable<UInt64>,
    _ cut: inout [UInt32]
  ) {
    let members = audiences.members.span
    // The part of each list that lies in the slice.
    var parts = LargeTable<UInt64>(zeroed: audiences.count)
    for list in 0..<audiences.count {
      let part = Audiences.part(
        members, audiences.starts[list]..<audiences.starts[list + 1], of: users)
      parts[list] = UInt64(part.lowerBound) << 32 | UInt64(part.count)
    }
    let authors = self.authors.span
    let replies = self.replies.span
    let base = UInt32(users.lowerBound)
    var isCut = [Bool](repeating: false, count: users.count)
    var tweet = authors.count
    while tweet > 0 {
      tweet -= 1
      let author = authors[tweet]
      if author < 0 { continue }
      let part = parts[Int(author)]
      var place = Int(part >> 32)
      let end = place + Int(part & 0xFFFF_FFFF)
      if place == end { continue }
      let reply = replies[tweet]
      if reply == Self.notReply {
        while place < end {
          Self.deliver(UInt32(tweet), Int(members[place] - base), &entries, &cursors, &isCut)
          place += 1
        }
        continue
      }
      // Those who follow the author and either follow or are the one replied to; and the author.
      let own = audiences.accounts[Int(author)]
      var other = 0
      var otherEnd = 0
      if reply >= 0 {
        let part = parts[Int(reply)]
        other = Int(part >> 32)
        otherEnd = other + Int(part & 0xFFFF_FFFF)
      }
      while place < end {
        let member = members[place]
        place += 1
        if member != own {
          other = Self.gallop(members, other, otherEnd, member)
          if other == otherEnd || members[other] != member { continue }
        }
        Self.deliver(UInt32(tweet), Int(member - base), &entries, &cursors, &isCut)
      }
    }
    // Those to whom nothing is pushed have no room either.
    for place in isCut.indices where isCut[place] && bounds[users.lowerBound + place] > 0 {
      cut.append(UInt32(place))
    }
  }

  // The end of a user's room and its next free place lie in one word: one load and two stores a delivery. With two tables
  // 255 million took 2 s more of both cores together.
  @inline(__always)
  private static func deliver(
    _ tweet: UInt32, _ user: Int, _ entries: inout LargeTable<UInt32>, _ cursors: inout LargeTable<UInt64>,
    _ isCut: inout [Bool]
  ) {
    let cursor = cursors[user]
    let next = UInt32(truncatingIfNeeded: cursor)
    if next < UInt32(truncatingIfNeeded: cursor >> 32) {
      entries[Int(next)] = tweet
      cursors[user] = cursor + 1
    } else {
      isCut[user] = true
    }
  }

  // The first place from `start` on whose member is not below `wanted`: the lists may differ greatly in length.
  @inline(__always)
  private static func gallop(_ members: Span<UInt32>, _ start: Int, _ end: Int, _ wanted: UInt32) -> Int {
    var low = start
    var step = 1
    while low + step < end, members[low + step] < wanted {
      low += step
      step *= 2
    }
    var high = min(low + step, end)
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func encode(
    _ starts: Span<UInt32>, _ entries: borrowing LargeTable<UInt32>, _ cursors: borrowing LargeTable<UInt64>,
    _ slice: inout PushedSlice
  ) {
    var bytes = ByteBuffer(capacity: 1 << 16)
    slice.sizes.reserveCapacity(slice.users.count)
    for user in 0..<slice.users.count {
      let before = bytes.count
      let start = Int(starts[user])
      let count = Int(UInt32(truncatingIfNeeded: cursors[user])) - start
      var last: UInt32 = 0
      for index in 0..<count {
        let tweet = entries[start + index]
        bytes.append(varint: UInt64(index == 0 ? tweet : last - tweet - 1))
        last = tweet
      }
      slice.deliveries += count
      slice.sizes.append(UInt32(bytes.count - before))
    }
    slice.bytes = bytes.span.array
  }
}
