internal import Bytes
internal import Records
internal import Search
internal import StoreAccess
internal import Timelines
internal import ToolSupport

/// `--timeline` and `--by-user`: what a user sees, and what it made, out of timeline stores.
enum TimelineAnswers {
  /// Options that ask something else, which timelines have no answer to.
  private static let others = [
    "sort", "get", "batch", "explain-query", "place", "at", "weights", "now", "collapse", "explain", "facet",
    "histogram",
    "suggest", "users", "thread", "follow", "fields", "partial",
  ]

  /// Answers. - Returns: whether there was a tweet.
  static func run(_ context: ToolContext) throws -> Bool {
    let arguments = context.arguments
    let isByUser = arguments.has("by-user")
    let option = isByUser ? "by-user" : "timeline"
    for other in others where arguments.has(other) {
      throw ToolError(.usage, "option --\(other) does not go with --\(option)")
    }
    if isByUser && arguments.has("timeline") {
      throw ToolError(.usage, "--timeline and --by-user ask different things", hint: "ask for one of them")
    }
    if let word = arguments.operands.first {
      throw ToolError(.usage, "--\(option) answers no query, found \"\(word)\"")
    }
    let paths = arguments.all("store")
    guard !paths.isEmpty else {
      throw ToolError(.usage, "no timeline store named", hint: "query -s DIR --\(option) USER")
    }
    let cursor = try cursor(arguments)
    let time = try TimeArgument.read(arguments)
    let limit = try arguments.has("count") ? Int.max : QueryCommand.limit(arguments)
    return try StoreErrors.told {
      let stores = try paths.map { try TimelineStore($0) }
      let user = try TimelineUser.read(arguments.value(option) ?? "", stores)
      if user == nil { context.diagnostics.note("nobody here is called \(arguments.value(option) ?? "")") }
      guard let newest = try user.map({ try holder(of: $0, stores) }) ?? stores.first else { return false }
      if let cursor, cursor.user != user ?? 0 || cursor.isByUser != isByUser || cursor.time != time {
        throw ToolError(
          .usage, "option --cursor: it belongs to another question", hint: "repeat the options it came with")
      }
      // Shards have commits of their own: only the one that answers is asked for the cursor's.
      let store = try cursor.map { try commit(of: $0, newest.path) } ?? newest
      // No account has the id 0: its timeline is empty.
      var page = Page(store, user ?? 0, isByUser: isByUser, time: time, cursor: cursor)
      try page.read(limit)
      return try TimelinePrinter.print(page, context)
    }
  }

  private static func cursor(_ arguments: Arguments) throws -> TimelineCursor? {
    guard let text = arguments.value("cursor") else { return nil }
    guard let cursor = TimelineCursor(text) else {
      throw ToolError(
        .usage, "option --cursor: expected what a page ended with, found \"\(TerminalText.safe(text))\"")
    }
    return cursor
  }

  private static func commit(of cursor: TimelineCursor, _ path: String) throws -> TimelineStore {
    guard let store = try TimelineStore(path, generation: cursor.generation) else {
      throw ToolError(
        .noInput, "\(path): commit \(cursor.generation), to which the cursor belongs, was collected",
        hint: "ask again without --cursor")
    }
    return store
  }

  // The store of the user's shard.
  private static func holder(of user: UInt64, _ stores: [TimelineStore]) throws -> TimelineStore {
    if let store = stores.first(where: { $0.shard.holds(user) }) { return store }
    let count = stores.first?.shard.count ?? 1
    throw ToolError(
      .noInput, "none of the stores holds user \(user)", hint: "name all \(count) shards: -s DIR -s DIR …")
  }
}

/// A page of a timeline: what `--limit` and `--cursor` leave of it.
struct Page {
  let store: TimelineStore
  let user: UInt64
  let isByUser: Bool
  let time: Int64?
  private let cursor: TimelineCursor?
  private(set) var entries: [TimelineEntry] = []
  /// Where the next page begins; nil behind the last one.
  private(set) var next: TimelineCursor?
  /// Whether there is no tweet at all, shown or not.
  private(set) var isEmpty = true

  init(_ store: TimelineStore, _ user: UInt64, isByUser: Bool, time: Int64?, cursor: TimelineCursor?) {
    self.store = store
    self.user = user
    self.isByUser = isByUser
    self.time = time
    self.cursor = cursor
  }

  /// Whether no page came before.
  var isFirst: Bool { cursor == nil }

  /// Reads up to `limit` entries.
  mutating func read(_ limit: Int) throws {
    if isByUser {
      // What the pages before showed is not walked through again.
      var timeline = try UserTimeline(store, by: user, at: cursor.map { min($0.at, time ?? .max) } ?? time)
      while let entry = try timeline.next(), add(entry, limit) {}
    } else {
      var timeline = try Timeline(store, of: user, at: time)
      while let entry = try timeline.next(), add(entry, limit) {}
    }
  }

  // Whether more is wanted.
  private mutating func add(_ entry: TimelineEntry, _ limit: Int) -> Bool {
    isEmpty = false
    if let cursor, !cursor.isBefore(entry) { return true }
    if entries.count == limit {
      if let last = entries.last {
        next = TimelineCursor(
          generation: store.generation, user: user, isByUser: isByUser, time: time, at: last.at,
          tweet: last.tweet)
      }
      return false
    }
    entries.append(entry)
    return true
  }
}

/// USER of the command line: an id or `@username`.
enum TimelineUser {
  /// The account's id; nil for a name that nobody bore. - Throws: status 2 for what is neither.
  static func read(_ text: String, _ stores: [TimelineStore]) throws -> UInt64? {
    let bytes = Array(text.utf8)
    if let id = RecordID.parse(bytes.span) { return id }
    guard text.hasPrefix("@"), text.utf8.count > 1 else {
      throw ToolError(.usage, "expected a user's id or @username, found \"\(TerminalText.safe(text))\"")
    }
    for store in stores { if let user = try store.user(named: String(text.dropFirst())) { return user } }
    return nil
  }
}

/// `--as-of`: a time, or a tweet's id, which carries one.
enum TimeArgument {
  /// In ms since 1970; nil when it was not given. - Throws: status 2.
  static func read(_ arguments: Arguments) throws -> Int64? {
    guard let text = arguments.value("as-of") else { return nil }
    let bytes = Array(text.utf8)
    if let id = RecordID.parse(bytes.span), let time = Snowflake.time(id) { return time }
    if let time = Timestamp.parse(bytes.span) { return time }
    throw ToolError(
      .usage,
      "option --as-of: expected a time such as 2022-05-09T11:00Z or a tweet's id, found \"\(TerminalText.safe(text))\""
    )
  }
}
