internal import Activity
internal import Bytes
internal import Follows
internal import Notifications
internal import Records
internal import TimelineBuilding
internal import Timelines
internal import ToolSupport

/// `--notify` and `--counters`: two files that appear whole or not at all, behind the commit of the store.
final class EngagementFiles {
  /// The options.
  static let options: [OptionSpec] = [
    OptionSpec(
      "notify", value: "FILE", role: .writes,
      help: """
        Write whom this run's input tells what to FILE: notification records of mentions, replies, quotes, retweets, likes \
        and follows, each once, by time.
        """),
    OptionSpec(
      "digest", value: "LENGTH",
      help: """
        With --notify: a digest record for each user and window of so long (90s, 5m, 1h, 7d; windows follow one another \
        from 1970 on, UTC) instead of single notifications.
        """),
    OptionSpec(
      "counters", value: "FILE", role: .writes,
      help: """
        Write likes, retweets, replies and quotes that this run's input counts to FILE, a record a tweet, by id: partial \
        sums, which merge by adding those of all shards.
        """),
  ]

  private var log: EngagementLog?
  private var notices: AtomicFile?
  private var counters: AtomicFile?
  private var sums = EngagementSums()
  private let wishes: EngagementLog.Wishes

  /// Whether the command line asks for such a file.
  static func areWanted(_ arguments: Arguments) -> Bool {
    arguments.has("notify") || arguments.has("counters")
  }

  /// Opens the files; nil when none is asked for.
  /// - Parameter folder: where files lie that do not fit into memory.
  /// - Throws: status 2, `SystemError`.
  init?(_ arguments: Arguments, _ shard: Shard, folder: String) throws {
    var wishes = EngagementLog.Wishes()
    wishes.notices = arguments.has("notify")
    wishes.window = try Self.window(arguments)
    wishes.counters = arguments.has("counters")
    self.wishes = wishes
    guard Self.areWanted(arguments) else { return nil }
    if let path = arguments.value("notify") { notices = try AtomicFile(path) }
    if let path = arguments.value("counters") { counters = try AtomicFile(path) }
    log = EngagementLog(folder: folder, wishes) { shard.holds($0) }
  }

  private static func window(_ arguments: Arguments) throws -> Int64? {
    guard let window = try arguments.duration("digest") else { return nil }
    if !arguments.has("notify") {
      throw ToolError(.usage, "--digest needs --notify", hint: "fanout --notify FILE --digest 1h")
    }
    if window == 0 {
      throw ToolError(.usage, "option --digest: expected a length over 0", hint: "--digest 1h")
    }
    return window
  }

  /// Takes what was read of records. - Throws: `SystemError`.
  func add(_ batch: ActivityBatch) throws { try log?.add(batch) }

  /// Takes what was read of a graph file.
  func add(_ batch: RelationBatch) { log?.add(batch) }

  /// Writes both files, durable and not yet in their places, and counts. - Throws: `SystemError`, `SegmentError`.
  func prepare(_ known: KnownRuns?, _ ledger: inout Ledger) throws {
    guard let known, let log = log.take() else { return }
    sums = try log.finish(
      known.graph, AllTweets(runs: known), notices: { try notices?.write($0) },
      counters: { try counters?.write($0) })
    try notices?.prepare()
    try counters?.prepare()
    ledger.applied += sums.applied
    ledger.duplicate += sums.duplicate
    ledger.filtered += sums.filtered
  }

  /// Puts them in their places, and tells how many records they have. - Throws: `SystemError`.
  func commit(_ ledger: inout Ledger) throws {
    try notices.take()?.commit()
    try counters.take()?.commit()
    ledger.emitted += sums.noticeRecords + sums.counters
    if wishes.notices {
      ledger.add("notifications", sums.notifications)
      if wishes.window != nil { ledger.add("digests", sums.noticeRecords) }
      ledger.add("recipients_unknown", sums.unknownRecipients)
    }
    if wishes.counters { ledger.add("counters", sums.counters) }
  }
}

/// What all runs say, as notifications need it.
private struct AllTweets: KnownTweets {
  let runs: KnownRuns

  func find(_ table: inout AuthorTable) throws {
    try runs.findAuthors(of: &table, asksFor: { $0.holds($1) }, found: { $0.set($1, author: $2) })
  }
  func isDeleted(tweet: UInt64) -> Bool { runs.isDeleted(tweet: tweet) }
  func isDeleted(user: UInt64) -> Bool { runs.isDeleted(user: user) }
  var hasDeletedUsers: Bool { runs.hasDeletedUsers }
}
