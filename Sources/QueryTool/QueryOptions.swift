internal import Search
internal import ToolSupport

/// The options of `query`, by what they are for.
enum QueryOptions {
  static let all = hits + shapes + counts + lookups + follow + timelines + trends + [ToolDescription.output]

  private static let hits = [
    OptionSpec(
      "index", short: "i", value: "DIR", arity: .repeated, role: .folder,
      help: "An index folder. Several are searched as one; of a tweet in two the later folder's counts."),
    OptionSpec(
      "partial", help: "Answer from the other folders when one is missing, and name it. Default: status 66."),
    OptionSpec(
      "sort", choices: SortOrder.allCases.map(\.rawValue),
      help: "The order; ties by id, newest first. Default: relevance (BM25)."),
    OptionSpec(
      "weights", value: "recency=H,engagement=W",
      help: """
        Relevance is BM25 × 2^(−age / H) × (1 + W × log2(1 + likes + retweets + replies + quotes)); H in hours, or with a unit: \
        90m, 36h, 7d. Default: recency=0,engagement=0, which is BM25 alone.
        """),
    OptionSpec(
      "now", value: "TIME",
      help:
        "Where recency and within_time: are measured from. Default: --as-of, else the newest tweet searched."),
    OptionSpec("limit", short: "n", value: "N|all", help: "How many hits to show. Default: 20."),
    OptionSpec(
      "cursor", value: "C",
      help: "The next page, by what the page before ended with; also with --timeline and --by-user."),
    OptionSpec(
      "collapse", choices: Collapse.allCases.map(\.rawValue),
      help:
        "Show one hit, the first, of each account, or of texts that are nearly the same (ingest --clusters)."),
    OptionSpec(
      "as-of", value: "TIME|ID",
      help:
        "See no later tweet. With --timeline or --by-user: as it was then. Default: all that is known."),
  ]

  private static let shapes = [
    OptionSpec(
      "format", choices: ["table", "ndjson", "csv", "tsv", "ids", "html"],
      help:
        "How to show answers; html is one page that works offline. Default: table on a terminal, ndjson elsewhere."
    ),
    OptionSpec(
      "fields", value: "A,B.C",
      help: "Show these fields of a hit alone: id, user.username, mentions.username, score …"),
    OptionSpec("explain", help: "Show how the score of each hit comes about: every term and factor."),
    OptionSpec(
      "explain-query",
      help: """
        Show how the query was understood, and answer nothing. With -i: also how many tweets each clause matches by itself, \
        and how much it looks at.
        """),
  ]

  private static let counts = [
    OptionSpec("count", help: "Show the number of matching tweets and nothing else."),
    OptionSpec(
      "facet", value: "FIELD[:N|:all]", arity: .repeated,
      help: """
        Count the matches by the values of FIELD, the N most frequent (10): \(FacetField.allCases.map(\.rawValue).joined(separator: ", ")). \
        Hits are shown too where --limit is given.
        """),
    OptionSpec(
      "histogram", choices: Interval.allCases.map(\.rawValue),
      help: "Count the matches by time (UTC; weeks begin on Monday)."),
  ]

  private static let lookups = [
    OptionSpec(
      "suggest", value: "PREFIX",
      help:
        "Complete a word: terms, #hashtags and @users, the frequent and recent first; one typo is forgiven."),
    OptionSpec("users", value: "TEXT", help: "Find people by handle, or where no handle fits by name."),
    OptionSpec("get", value: "ID|-", help: "Show the record of a tweet, or of each id of standard input."),
    OptionSpec(
      "thread", value: "ID",
      help: "Show the conversation of a tweet as a tree, with gaps for what is deleted or missing."),
    OptionSpec(
      "batch", value: "FILE", role: .reads,
      help:
        "Answer the queries of FILE (- for standard input), one a line, each with one line of JSON, in order."
    ),
  ]

  private static let follow = [
    OptionSpec(
      "follow",
      help: "Show the hits that later commits bring, as they come, oldest first; with --limit, so many.")
  ]

  private static let timelines = [
    OptionSpec(
      "store", short: "s", value: "DIR", arity: .repeated, role: .folder,
      help: "A timeline store of fanout; of a store in shards all are named."),
    OptionSpec(
      "timeline", value: "USER",
      help:
        "Show what a user (an id or @username) sees, newest first. With -i whole tweets, else their ids."),
    OptionSpec("by-user", value: "USER", help: "Show what a user made, newest first."),
    OptionSpec(
      "why", help: "With --timeline: also say why each tweet is there, and whether it was pushed or pulled."),
  ]

  private static let trends = [
    OptionSpec(
      "trends", value: "FILE", role: .reads,
      help: """
        Show what trends by a file of trend-compute: one window of one place. Needs no index. With --timeline: what to \
        show to users with an empty one.
        """),
    OptionSpec(
      "place", value: "PLACE",
      help: "With --trends: where. world, country:XX, place:ID or lang:xx. Default: world."),
    OptionSpec(
      "at", value: "TIME",
      help:
        "With --trends: the window that ends then, or the last one before. Default: the last of the file."),
  ]
}

/// What is asked, where it is not a query's hits; each kind of answer knows few of the options.
enum QueryKind: String, CaseIterable {
  case suggest, users, get, thread, batch, follow

  /// The options of searches that it knows.
  var known: Set<String> {
    switch self {
    case .suggest, .users: ["limit", "format"]
    case .get: ["format", "fields"]
    case .thread: ["format"]
    case .batch: ["limit", "sort", "weights", "now", "as-of"]
    case .follow: ["limit", "format", "fields"]
    }
  }

  /// What is asked; nil for hits. - Throws: status 2 for two kinds at once, and for options that have no meaning then.
  static func read(_ arguments: Arguments) throws -> QueryKind? {
    let asked = allCases.filter { arguments.has($0.rawValue) }
    guard let kind = asked.first else { return nil }
    let searches = [
      "limit", "format", "fields", "sort", "weights", "now", "as-of", "cursor", "collapse", "explain",
      "count", "facet",
      "histogram",
    ]
    let others =
      asked.dropFirst().map(\.rawValue) + searches.filter { arguments.has($0) && !kind.known.contains($0) }
    if let other = others.first {
      throw ToolError(.usage, "option --\(other) does not go with --\(kind.rawValue)")
    }
    if kind != .follow, let word = arguments.operands.first {
      throw ToolError(.usage, "--\(kind.rawValue) answers no query, found \"\(TerminalText.safe(word))\"")
    }
    return kind
  }
}
