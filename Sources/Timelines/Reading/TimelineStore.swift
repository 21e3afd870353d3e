internal import Bytes
public import Commits
internal import Synchronization

/// One commit of a timeline store, opened whole: what it answers never changes, whatever a writer does meanwhile.
public final class TimelineStore: Sendable {
  /// The folder.
  public let path: String
  /// The commit's number.
  public let generation: Int
  /// Which users' timelines it holds.
  public let shard: Shard
  /// The segments, in the order in which they were made.
  package let segments: [TimelineSegment]
  /// The most tweets that a timeline has.
  public let cap: Int
  /// The latest time of a tweet or event, in ms since 1970.
  public let newest: Int64
  // Who is protected when, as far as it was asked.
  private let answers = Mutex<[Question: Bool]>([:])

  private struct Question: Hashable {
    var user: UInt64
    var time: Int64
  }

  /// Opens the newest commit of the store at `path`. - Throws: `CommitError`, `SegmentError`, `SystemError`.
  public convenience init(_ path: String) throws {
    let folder = CommitFolder(path, .timelines)
    let (manifest, segments) = try folder.openNewest { manifest in
      (manifest, try manifest.segments.map { try TimelineSegment(folder.segment($0.name), expected: $0) })
    }
    try self.init(path, manifest, segments)
  }

  /// Opens the commit of a cursor; nil when it was collected. - Throws: as above.
  public convenience init?(_ path: String, generation: Int) throws {
    let folder = CommitFolder(path, .timelines)
    do {
      guard let manifest = try folder.manifest(at: Paths.join(path, Manifest.name(generation))) else {
        throw CommitError.notAStore(path, .timelines)
      }
      let segments = try manifest.segments.map {
        try TimelineSegment(folder.segment($0.name), expected: $0)
      }
      try self.init(path, manifest, segments)
    } catch let error as SystemError where error.isMissing { return nil }
  }

  package init(_ path: String, _ manifest: Manifest, _ segments: [TimelineSegment]) throws {
    guard let shard = Shard(settings: manifest.attribute) else {
      throw SegmentError.corrupt(
        file: path, member: "", offset: 0, reason: "the manifest's settings are \"\(manifest.attribute)\"")
    }
    self.path = path
    self.shard = shard
    generation = manifest.generation
    self.segments = segments
    cap = segments.last?.header.cap ?? 0
    newest = segments.reduce(.min) { max($0, $1.header.newest) }
  }
}

extension TimelineStore {
  /// All accounts that are known here, ascending. Memory: 8 bytes an account.
  public func users() throws(SegmentError) -> [UInt64] {
    var ids: [UInt64] = []
    for segment in segments {
      for user in 0..<UInt32(segment.users) { ids.append(try segment.id(user)) }
    }
    return segments.count > 1 ? ids.sortedDistinct() : ids
  }

  /// Whether the account is known here: it follows, is followed, or made a tweet.
  public func knows(_ user: UInt64) throws(SegmentError) -> Bool {
    for segment in segments where try segment.number(of: user) != nil { return true }
    return false
  }

  /// The account that bore a name last, without regard to case; nil when nobody bears it any more.
  /// - Complexity: O(log names).
  public func user(named name: String) throws(SegmentError) -> UInt64? {
    var best: (at: Int64, user: UInt64)?
    for segment in segments {
      for found in try segment.names.users(named: Array(name.utf8)) {
        let user = try segment.id(found.user)
        // A later run may say that it is called otherwise now; one run over all would know no other name.
        guard let last = try self.name(of: user), NamedUser.folded(last) == NamedUser.folded(found.name)
        else {
          continue
        }
        if best.map({ (found.at, user) > ($0.at, $0.user) }) ?? true { best = (found.at, user) }
      }
    }
    return best?.user
  }

  /// What an account called itself last; nil when nobody said. - Complexity: O(log users).
  public func name(of user: UInt64) throws(SegmentError) -> [UInt8]? {
    var best: NamedUser?
    for segment in segments {
      guard let number = try segment.number(of: user), let found = try segment.names.name(of: number) else {
        continue
      }
      if best.map({ found.at > $0.at || (found.at == $0.at && $0.name.lexicographicallyPrecedes(found.name)) }
      )
        ?? true
      {
        best = found
      }
    }
    return best?.name
  }

  // Whether an account is known to have borne this name at that time or later, or a greater one at that time.
  package func hasName(_ user: UInt64, _ name: Span<UInt8>, since at: Int64) throws(SegmentError) -> Bool {
    for segment in segments {
      guard let number = try segment.number(of: user), let found = try segment.names.name(of: number) else {
        continue
      }
      if found.at > at || (found.at == at && found.name.span.compare(name) >= 0) { return true }
    }
    return false
  }

  /// The accounts that most follow, the most followed first, with how many follow each: 50 at most.
  public func popular() throws(SegmentError) -> [(user: UInt64, followers: Int)] {
    guard let segment = segments.last else { return [] }
    let member = segment.popularMember
    var list: [(user: UInt64, followers: Int)] = []
    for place in stride(from: 0, to: member.count - 7, by: 8) {
      list.append(
        (
          try segment.id(try member.load(place, as: UInt32.self)),
          Int(try member.load(place + 4, as: UInt32.self))
        ))
    }
    return list
  }

  // Tombstones have no time, and win whatever came first.
  package func isDeleted(tweet: UInt64) throws(SegmentError) -> Bool {
    for segment in segments where segment.deletes.tweets.count > 0 {
      if try segment.deletes.tweets.holds(tweet) { return true }
    }
    return false
  }

  package func isDeleted(user: UInt64) throws(SegmentError) -> Bool {
    for segment in segments where segment.deletes.users.count > 0 {
      if try segment.deletes.users.holds(user) { return true }
    }
    return false
  }

  /// Whether a tweet, what it retweets, or the author of either was deleted.
  func isGone(_ tweet: TweetFacts) throws(SegmentError) -> Bool {
    if try isDeleted(tweet: tweet.id) { return true }
    if try isDeleted(user: tweet.author) { return true }
    if tweet.original > 0, try isDeleted(tweet: tweet.original) { return true }
    return tweet.originalAuthor > 0 ? try isDeleted(user: tweet.originalAuthor) : false
  }

  /// Whether an account was protected at `time`, by what its latest tweet until then says; of two tweets of one moment
  /// that say different things the open one holds.
  package func isProtected(_ user: UInt64, at time: Int64) throws(SegmentError) -> Bool {
    // Where no record says so all tweets of the account are looked at: once, not for each retweet of it.
    let question = Question(user: user, time: time)
    if let known = answers.withLock({ $0[question] }) { return known }
    let answer = try findProtection(user, at: time)
    answers.withLock { $0[question] = answer }
    return answer
  }

  private func findProtection(_ user: UInt64, at time: Int64) throws(SegmentError) -> Bool {
    var latest = Int64.min
    var isProtected = false
    var owners: [(index: Int, user: UInt32)] = []
    var wasProtected = false
    for (index, segment) in segments.enumerated() {
      guard let number = try segment.number(of: user) else { continue }
      owners.append((index, number))
      if try segment.flags(number).contains(.protected) { wasProtected = true }
    }
    // Few are: of all others no tweet is looked at. (Walking them was two thirds of the bytes of many a page.)
    if !wasProtected { return false }
    for (index, number) in owners {
      let segment = segments[index]
      let range = try segment.tweets(of: number)
      var place = try segment.place(in: range, below: try segment.tweets(until: time))
      while place > range.lowerBound {
        place -= 1
        let tweet = try segment.authorTweet(place)
        let at = try segment.time(tweet)
        if at < latest { break }
        let said = try segment.marks(tweet).protection
        if said == .unsaid { continue }
        // What was deleted says nothing any more: a merge drops it.
        let facts = try segment.facts(tweet)
        if try isGone(facts) { continue }
        if try segments.isSuperseded(facts.id, in: index) { continue }
        let isOn = said == .protected
        if at > latest { isProtected = isOn } else { isProtected = isProtected && isOn }
        latest = at
      }
    }
    return isProtected
  }
}

extension [TimelineSegment] {
  /// Whether what the segment at `index` says of a tweet no longer stands, since a later run knew better.
  /// - Complexity: O(log n) a later segment that knows better of any tweet: few do.
  package func isSuperseded(_ tweet: UInt64, in index: Int) throws(SegmentError) -> Bool {
    for later in self[(index + 1)...] where later.superseded.count > 0 {
      if try later.superseded.holds(tweet) { return true }
    }
    return false
  }
}

extension TimelineSegment {
  /// The first place of an author's `range` whose tweet is not below `limit`. - Complexity: O(log n).
  package func place(in range: Range<Int>, below limit: Int) throws(SegmentError) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    if low < high, try authorTweet(high - 1) < limit { return high }
    while low < high {
      let middle = (low + high) / 2
      if try authorTweet(middle) < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
