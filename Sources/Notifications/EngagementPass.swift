internal import Bytes

/// Reads all occurrences in order, tweet by tweet: counts, and finds who is told of what.
struct EngagementPass<Known: KnownTweets>: ~Copyable {
  /// What is one engagement, or all changes of one like.
  private struct Group {
    var first: Occurrence
    /// When a like began that is in force so far.
    var began: Int64?
    /// Whether the author of the target was deleted.
    var isOrphan = false
  }

  private let rules: NoticeRules<Known>
  private let wishes: EngagementLog.Wishes
  private let needsAuthors: Bool
  private var cursor: RowCursor<Occurrence>
  private var lookup: AuthorLookup<Known>
  private var notices: NoticeOutput
  private var counters = RecordBuffer()
  private var counted = TweetCounters(0)
  var sums = EngagementSums()

  init(
    _ rows: SortedRows<Occurrence>, _ rules: NoticeRules<Known>, _ wishes: EngagementLog.Wishes,
    folder: String,
    limit: Int
  ) throws {
    let cursor = try rows.cursor()
    let lookup = try AuthorLookup(rows, rules.known, limit: 2 * limit)
    self.rules = rules
    self.wishes = wishes
    needsAuthors = wishes.notices || rules.known.hasDeletedUsers
    self.cursor = cursor
    self.lookup = lookup
    notices = NoticeOutput(folder: folder, window: wishes.window, limit: limit)
  }

  /// Reads them. - Throws: what `write` throws, `SystemError`.
  mutating func run(_ write: (Span<UInt8>) throws -> Void) throws {
    var group: Group?
    var last: Occurrence?
    while let row = try cursor.next() {
      if row == last {
        if row.kind == .like { sums.duplicate += 1 }
        continue
      }
      last = row
      if let done = group, !row.isOne(with: done.first) {
        try close(done)
        group = nil
      }
      if row.target != counted.id { try writeCounters(nextID: row.target, write) }
      var open = group ?? Group(first: row)
      try add(row, &open)
      group = open
    }
    if let group { try close(group) }
    try writeCounters(nextID: 0, write)
  }

  /// Writes the notices, those of follows with them. - Throws: what `write` throws, `SystemError`.
  consuming func finish(_ follows: FollowLog, _ write: (Span<UInt8>) throws -> Void) throws -> EngagementSums
  {
    try notices.choose()
    let rules = self.rules
    var sums = self.sums
    var output = notices
    try follows.forEach(rules.graph) { notice in if rules.allow(notice) { try output.add(notice) } }
    sums.notifications = output.count
    sums.noticeRecords = try output.finish(write)
    return sums
  }

  private mutating func add(_ row: Occurrence, _ group: inout Group) throws {
    if row.kind == .like {
      sums.applied += 1
      // A like that is given again began when it was given first.
      group.began = row.isOn ? group.began ?? row.at : nil
      return
    }
    let author = try author(row)
    if author > 0 && rules.known.isDeleted(user: author) { group.isOrphan = true }
    if wishes.notices { try tell(row, author) }
  }

  private mutating func tell(_ row: Occurrence, _ author: UInt64) throws {
    let kind: Notice.Kind
    switch row.kind {
    case .mention: kind = .mention
    case .reply: kind = .reply
    case .quote: kind = .quote
    // Deleting a tweet also hides retweets of it.
    case .retweet: kind = .retweet
    case .like: return
    }
    if row.kind == .retweet && rules.known.isDeleted(tweet: row.target) { return }
    if author == 0 {
      if !rules.known.isDeleted(tweet: row.tweet) && !rules.known.isDeleted(user: row.actor) {
        sums.unknownRecipients += 1
      }
      return
    }
    let notice = Notice(kind, user: author, actor: row.actor, tweet: row.tweet, at: row.at)
    if rules.allow(notice, isProtected: row.isProtected) { try notices.offer(notice) }
  }

  // What is known of an engagement is known now.
  private mutating func close(_ group: Group) throws {
    let row = group.first
    let known = rules.known
    var isOrphan = group.isOrphan
    if row.kind == .like {
      guard let began = group.began else { return }
      let author = try author(row)
      if author > 0 && known.isDeleted(user: author) { isOrphan = true }
      if wishes.notices {
        let notice = Notice(.like, user: author, actor: row.actor, tweet: row.target, at: began)
        if author > 0 {
          if rules.allow(notice) { try notices.add(notice) }
        } else if !known.isDeleted(tweet: row.target) && !known.isDeleted(user: row.actor) {
          sums.unknownRecipients += 1
        }
      }
    }
    if row.target == 0 || !wishes.counters || isOrphan || !rules.holds(row.actor) { return }
    if known.isDeleted(tweet: row.tweet) || known.isDeleted(tweet: row.target) { return }
    if !known.isDeleted(user: row.actor) { counted.count(row.kind) }
  }

  // Whom it concerns; 0 when that is unknown, or nobody asks.
  private mutating func author(_ row: Occurrence) throws -> UInt64 {
    if row.recipient > 0 { return row.recipient }
    return needsAuthors && AuthorLookup<Known>.needs(row) ? try lookup.author(row) : 0
  }

  private mutating func writeCounters(nextID: UInt64, _ write: (Span<UInt8>) throws -> Void) throws {
    let done = counted
    if !done.isEmpty { try counters.append(write) { done.write(to: &$0) } }
    counted = TweetCounters(nextID)
    if nextID > 0 { return }
    // Behind the last: 0 is not the target of anything that is counted.
    var rest = RecordBuffer()
    swap(&rest, &counters)
    sums.counters += try rest.finish(write)
  }
}
