internal import QueryGrammar
internal import Bytes
internal import IndexAccess
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--follow`: waits for commits, and shows the hits that they bring.
enum FollowAnswers {
  /// Between looks at `CURRENT`, in ms: a tenth of what an arrival may take to be found.
  private static let pause = 200

  /// Runs until its reader goes away, a signal comes, or `--limit` hits are shown.
  static func run(_ context: ToolContext) throws {
    let arguments = context.arguments
    if let file = arguments.value("output"), file != "-" {
      throw ToolError(.usage, "option --output: --follow does not end, and a file appears when it is whole")
    }
    let query = try QueryErrors.parse(try QueryText.read(arguments))
    let format = AnswerFormat.of(context)
    if format == "html" {
      throw ToolError(.usage, "option --format: a page does not go on; --follow shows other formats")
    }
    let fields = try FieldPaths.read(arguments)
    var left = arguments.has("limit") ? try QueryCommand.limit(arguments) : .max
    try IndexErrors.told {
      var readers = try IndexFolders.open(context)
      var printer = HitPrinter(
        format, fields: fields, color: context.outputUsesColor, Highlighter(query, in: try Searcher(readers)))
      var output = try ToolOutput.open(arguments)
      try printer.begin(&output)
      try output.flush()
      var tweet = Tweet()
      var rank = 0
      while left > 0 {
        if Syscalls.hasNoReader(1) {
          throw SystemError(operation: "write", path: "standard output", code: 32)
        }
        _ = try Syscalls.wait(for: [], milliseconds: pause)
        guard let newer = try newer(readers) else { continue }
        let searcher = try Searcher(newer)
        for hit in try searcher.hits(query, since: readers).prefix(left) {
          rank += 1
          left -= 1
          if format != "ids" { try searcher.read(hit, into: &tweet) }
          try printer.print(rank: rank, hit, tweet, nil, &output)
        }
        try output.flush()
        readers = newer
      }
      try output.finish()
    }
  }

  // The newest commits; nil while they are those known.
  private static func newer(_ readers: [IndexReader]) throws -> [IndexReader]? {
    var isNewer = false
    let next = try readers.map { reader in
      if try IndexReader.newestGeneration(reader.path) == reader.generation { return reader }
      isNewer = true
      return try IndexReader(reader.path)
    }
    return isNewer ? next : nil
  }
}
