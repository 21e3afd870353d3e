internal import Bytes
internal import IndexAccess
internal import QueryGrammar
internal import Records
internal import Search
internal import SearchIndex
public import ToolSupport

/// `query`: questions to an index, answers for people and scripts.
public enum QueryCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "query", summary: "answers questions from an index, in Twitter's search grammar",
    operands: "-i DIR [-i DIR…] QUERY",
    details: """
      Finds the tweets of one or more indexes that match QUERY. A space means AND and binds tighter than OR; "-" negates.
      Words, "phrases", "near by"~3, "a * b", pre*, ( ), #tag, $tag, @user; from: to: retweets_of: conversation_id: \
      lang: url: source: contains: bio: likes:10..100 min_faves: followers_count: since: until: within_time: since_id: max_id: \
      place: place_country: point_radius: bounding_box: geocode: near: within: sample: has: is: filter: and Twitter's other \
      spellings. --explain-query shows how a query is understood; what cannot be answered is refused with a hint.
      """,
    examples: [
      (
        "query -i idx 'from:nasa (mars OR moon) -is:retweet since:2018-01-01'", "the best 20 hits, as a table"
      ),
      ("query -i idx --count 'lang:ja has:media'", "how many match"),
      ("query -i idx --format ids --limit all '#nyc' | head", "ids, one a line"),
      ("query -i idx --get 1034898743869534208", "one record"),
      (
        "query --trends trends.ndjson --place country:BR --at 2021-06-20T21:00",
        "what trended, where and when"
      ),
      (
        "query -s store -i idx --timeline @nasa --limit 50 --why",
        "what an account sees, newest first, and why"
      ),
    ],
    memory: "A few MB beside the mapped index, which the system may drop at any time.",
    options: [
      OptionSpec(
        "index", short: "i", value: "DIR", arity: .repeated, role: .folder,
        help: "An index folder. Several are searched as one; of a tweet in two the later folder's counts."),
      OptionSpec(
        "sort", choices: SortOrder.allCases.map(\.rawValue),
        help: "The order; ties by id, newest first. Default: relevance (BM25)."),
      OptionSpec("limit", short: "n", value: "N|all", help: "How many hits to show. Default: 20."),
      OptionSpec("count", help: "Show the number of matching tweets and nothing else."),
      OptionSpec("get", value: "ID|-", help: "Show the record of a tweet, or of each id of standard input."),
      OptionSpec(
        "format", choices: ["table", "ndjson", "csv", "tsv", "ids"],
        help: "How to show hits. Default: table on a terminal, ndjson elsewhere."),
      OptionSpec(
        "batch", value: "FILE", role: .reads,
        help: "Answer the queries of FILE (- for standard input), one a line, each with one line of JSON."),
      OptionSpec(
        "store", short: "s", value: "DIR", arity: .repeated, role: .folder,
        help: "A timeline store of fanout; of a store in shards all are named."),
      OptionSpec(
        "timeline", value: "USER",
        help:
          "Show what a user (an id or @username) sees, newest first. With -i whole tweets, else their ids."),
      OptionSpec("by-user", value: "USER", help: "Show what a user made, newest first."),
      OptionSpec(
        "as-of", value: "TIME|ID",
        help:
          "With --timeline or --by-user: as it was then, or when that tweet was made. Default: all that is known."
      ),
      OptionSpec(
        "why", help: "With --timeline: also say why each tweet is there, and whether it was pushed or pulled."
      ),
      OptionSpec(
        "cursor", value: "C",
        help: "With --timeline or --by-user: the next page, by what the page before ended with."),
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
      OptionSpec(
        "explain-query",
        help: """
          Show how the query was understood, and answer nothing. With -i: also how many tweets each clause matches by \
          itself, and how much it looks at.
          """),
      OptionSpec(
        "now", value: "T",
        help: "What within_time: is measured from. Default: the time of the newest tweet searched."),
      ToolDescription.output,
    ], dashOperands: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    if arguments.has("timeline") || arguments.has("by-user") {
      return try TimelineAnswers.run(context) ? .done : .no
    }
    for option in ["store", "as-of", "why", "cursor"] where arguments.has(option) {
      throw ToolError(.usage, "option --\(option) goes with --timeline or --by-user")
    }
    if let file = arguments.value("trends") {
      return try TrendAnswers.run(file, context) ? .done : .no
    }
    for option in ["place", "at"] where arguments.has(option) {
      throw ToolError(.usage, "option --\(option) goes with --trends FILE")
    }
    if arguments.has("explain-query") { return try QueryExplanations.run(try parse(arguments), arguments) }
    let folders = arguments.all("index")
    guard !folders.isEmpty else { throw ToolError(.usage, "no index named", hint: "query -i DIR QUERY") }
    let searcher = try IndexErrors.told { try Searcher(try folders.map { try IndexReader($0) }) }
    searcher.now = try QueryExplanations.now(arguments)
    var output = try ToolOutput.open(arguments)
    let found: Bool
    if arguments.has("get") {
      found = try IndexErrors.told { try get(arguments, searcher, &output) }
    } else if let file = arguments.value("batch") {
      found = try IndexErrors.told {
        try BatchAnswers.run(file, searcher, limit: try limit(arguments), &output)
      }
    } else {
      let query = try parse(arguments)
      found = try IndexErrors.told { try answer(query, context, searcher, &output) }
    }
    try output.finish()
    return found ? .done : .no
  }

  private static func parse(_ arguments: Arguments) throws -> QueryNode {
    guard arguments.operands.count <= 1 else {
      throw ToolError(
        .usage, "expected one query, found \(arguments.operands.count) words",
        hint: "put the query in single quotes")
    }
    guard let text = arguments.operands.first else {
      throw ToolError(.usage, "no query", hint: "query -i DIR QUERY")
    }
    return try QueryErrors.parse(text)
  }

  static func limit(_ arguments: Arguments) throws -> Int {
    if arguments.value("limit") == "all" { return Int.max }
    return try arguments.integer("limit") ?? 20
  }

  private static func answer(
    _ query: QueryNode, _ context: ToolContext, _ searcher: Searcher, _ output: inout ToolOutput
  ) throws -> Bool {
    let arguments = context.arguments
    if arguments.has("count") {
      let count = try searcher.count(query)
      try output.write(text: "\(count)\n")
      return count > 0
    }
    let sort = SortOrder(rawValue: arguments.value("sort") ?? "relevance") ?? .relevance
    let hits = try searcher.search(query, sort: sort, limit: try limit(arguments))
    let format =
      arguments.value("format") ?? (context.outputIsTerminal && !arguments.has("output") ? "table" : "ndjson")
    var printer = HitPrinter(format: format, color: context.outputUsesColor, words: query.words)
    try printer.begin(&output)
    var tweet = Tweet()
    for (place, hit) in hits.enumerated() {
      if format != "ids" { try searcher.read(hit, into: &tweet) }
      try printer.print(rank: place + 1, hit, tweet, &output)
    }
    if try format == "table" && hits.count == limit(arguments) {
      let total = try searcher.count(query)
      if total > hits.count {
        try output.write(
          text: "\(Quantities.grouped(total)) tweets match, \(Quantities.grouped(hits.count)) shown\n")
      }
    }
    if hits.isEmpty && format == "table" {
      context.diagnostics.note("no tweet matches")
      for reason in try searcher.reasonsForNoHit(query) { context.diagnostics.note("  " + reason) }
    }
    return !hits.isEmpty
  }

  private static func get(_ arguments: Arguments, _ searcher: Searcher, _ output: inout ToolOutput) throws
    -> Bool
  {
    var tweet = Tweet()
    var line = ByteBuffer()
    var isComplete = true
    for text in try wantedIDs(arguments.value("get") ?? "") {
      let bytes = Array(text.utf8)
      guard let id = RecordID.parse(bytes.span) else {
        throw ToolError(.usage, "expected an id, found \"\(text)\"")
      }
      guard let hit = try searcher.find(id) else {
        isComplete = false
        continue
      }
      try searcher.read(hit, into: &tweet)
      line.removeAll()
      TweetWriter.write(tweet, to: &line)
      try output.write(line.span)
    }
    return isComplete
  }

  private static func wantedIDs(_ value: String) throws -> [String] {
    if value != "-" { return [value] }
    return try BatchAnswers.lines("-").filter { !$0.isEmpty }
  }
}
