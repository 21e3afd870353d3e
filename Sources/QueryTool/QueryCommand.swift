internal import Bytes
internal import IndexAccess
internal import QueryGrammar
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
      (
        "query -i idx --weights recency=24h,engagement=0.2 --explain mars",
        "new and liked tweets first, and why"
      ),
      ("query -i idx --count 'lang:ja has:media'", "how many match"),
      ("query -i idx --facet hashtag:20 --facet lang --histogram day mars", "what goes with it, and when"),
      ("query -i idx --format ids --limit all '#nyc' | head", "ids, one a line"),
      ("query -i idx --format csv --fields id,user.username,text '#nyc'", "a sheet of one's own"),
      ("query -i idx --suggest '#new'", "what people write that begins so"),
      ("query -i idx --thread 1034898743869534208", "a conversation, as a tree"),
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
    memory:
      """
      A few MB beside the mapped index, which the system may drop at any time; with --facet and --histogram a bit a tweet, \
      with --limit and --thread what is shown.
      """,
    options: QueryOptions.all, dashOperands: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    if arguments.has("timeline") || arguments.has("by-user") {
      return try TimelineAnswers.run(context) ? .done : .no
    }
    for option in ["store", "why"] where arguments.has(option) {
      throw ToolError(.usage, "option --\(option) goes with --timeline or --by-user")
    }
    if let file = arguments.value("trends") {
      return try TrendAnswers.run(file, context) ? .done : .no
    }
    for option in ["place", "at"] where arguments.has(option) {
      throw ToolError(.usage, "option --\(option) goes with --trends FILE")
    }
    if arguments.has("explain-query") {
      return try QueryExplanations.run(try QueryErrors.parse(try QueryText.read(arguments)), arguments)
    }
    guard let kind = try QueryKind.read(arguments) else {
      return try SearchAnswers.run(context) ? .done : .no
    }
    if kind == .follow {
      try FollowAnswers.run(context)
      return .done
    }
    return try look(kind, context) ? .done : .no
  }

  private static func look(_ kind: QueryKind, _ context: ToolContext) throws -> Bool {
    let arguments = context.arguments
    let value = arguments.value(kind.rawValue) ?? ""
    return try IndexErrors.told {
      let readers = try IndexFolders.open(context)
      let searcher = try Searcher(readers)
      var output = try ToolOutput.open(arguments)
      let found: Bool
      switch kind {
      case .suggest: found = try SuggestAnswers.suggest(value, searcher, context, &output)
      case .users: found = try SuggestAnswers.users(value, searcher, context, &output)
      case .thread: found = try ThreadAnswers.run(value, searcher, context, &output)
      case .batch:
        let bound = try AsOf.read(arguments)
        let question = BatchAnswers.Question(
          ranking: try RankingArguments.read(arguments, asOf: bound), asOf: bound, limit: try limit(arguments)
        )
        found = try BatchAnswers.run(value, readers, question, threads: context.threads, &output)
      case .get, .follow: found = try GetAnswers.run(value, searcher, context, &output)
      }
      try output.finish()
      return found
    }
  }

  static func limit(_ arguments: Arguments) throws -> Int {
    if arguments.value("limit") == "all" { return Int.max }
    return try arguments.integer("limit") ?? 20
  }
}
