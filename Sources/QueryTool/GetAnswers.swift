internal import Bytes
internal import Records
internal import Search
internal import ToolSupport

/// `--get`: records by id.
enum GetAnswers {
  /// Answers. - Returns: whether every record is there.
  static func run(_ value: String, _ searcher: Searcher, _ context: ToolContext, _ output: inout ToolOutput)
    throws
    -> Bool
  {
    let format = context.arguments.value("format") ?? "ndjson"
    let fields = try FieldPaths.read(context.arguments, format)
    if format == "html" {
      throw ToolError(.usage, "option --format: --get shows table, ndjson, csv, tsv or ids")
    }
    var printer = HitPrinter(format, fields: fields, color: context.outputUsesColor)
    try printer.begin(&output)
    var tweet = Tweet()
    var line = ByteBuffer()
    var isComplete = true
    let wanted = value == "-" ? try BatchAnswers.lines("-") : [value]
    var rank = 0
    for (place, text) in wanted.enumerated() where !text.isEmpty || value != "-" {
      let bytes = Array(text.utf8)
      guard let id = RecordID.parse(bytes.span) else {
        let source = value == "-" ? "-, line \(place + 1): " : ""
        throw ToolError(.usage, "\(source)expected an id, found \"\(TerminalText.safe(text))\"")
      }
      rank += 1
      guard let hit = try searcher.find(id) else {
        isComplete = false
        continue
      }
      try searcher.read(hit, into: &tweet)
      // A record is what it was put in as; only those who ask for fields or tables get hits.
      if format != "ndjson" || fields != nil {
        try printer.print(rank: rank, hit, tweet, nil, &output)
        continue
      }
      line.removeAll()
      TweetWriter.write(tweet, to: &line)
      try output.write(line.span)
    }
    return isComplete
  }
}
