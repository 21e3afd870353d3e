internal import Bytes
internal import JSON
internal import Records
internal import Search
internal import ToolSupport

/// Writes hits in one of the formats.
struct HitPrinter: ~Copyable {
  private let format: String
  private let fields: FieldPaths?
  private let style: TextStyle
  private var highlighter: Highlighter?
  private var projection = FieldProjection()
  private var line = ByteBuffer()
  private var record = ByteBuffer()

  /// `fields` are those shown alone; `highlighter` finds what the query asked for.
  init(_ format: String, fields: FieldPaths? = nil, color: Bool, _ highlighter: consuming Highlighter? = nil)
  {
    self.format = format
    self.fields = fields
    style = TextStyle(isColored: color)
    self.highlighter = highlighter
  }

  private static let columns = [
    "id", "created_at", "username", "lang", "likes", "retweets", "replies", "quotes", "text",
  ]

  /// The header line, where the format has one.
  mutating func begin(_ output: inout ToolOutput) throws {
    let columns = fields?.names ?? Self.columns
    switch format {
    case "csv": try output.write(text: columns.joined(separator: ",") + "\r\n")
    case "tsv": try output.write(text: columns.joined(separator: "\t") + "\n")
    case "table":
      if let fields { try output.write(text: style.dim(fields.names.joined(separator: "  ")) + "\n") }
    default: break
    }
  }

  /// One hit. `explanation` is how its score comes about, where that was asked for.
  mutating func print(
    rank: Int, _ hit: Hit, _ tweet: borrowing Tweet, _ explanation: ScoreExplanation? = nil,
    _ output: inout ToolOutput
  ) throws {
    line.removeAll()
    if format == "ids" {
      line.append(decimal: hit.id)
      line.append(UInt8(ascii: "\n"))
      return try output.write(line.span)
    }
    let marks = highlighter?.highlights(tweet) ?? []
    if let fields, format != "html" {
      record.removeAll()
      HitRecord.write(rank, hit, tweet, marks, explanation, to: &record)
      switch format {
      case "ndjson": try projection.write(record, fields, to: &line)
      case "csv", "tsv": try projection.writeRow(record, fields, isCSV: format == "csv", to: &line)
      default: try projection.writeCells(record, fields, to: &line)
      }
      return try output.write(line.span)
    }
    switch format {
    case "ndjson": HitRecord.write(rank, hit, tweet, marks, explanation, to: &line)
    case "csv", "tsv": writeRow(tweet, isCSV: format == "csv")
    case "html": HTMLPage.write(rank, hit, tweet, marks, explanation, to: &line)
    default: writeTable(tweet, marks, explanation)
    }
    try output.write(line.span)
  }

  /// A row of CSV or TSV, of a tweet that is no hit.
  mutating func printRow(_ tweet: borrowing Tweet, _ output: inout ToolOutput) throws {
    line.removeAll()
    writeRow(tweet, isCSV: format == "csv")
    try output.write(line.span)
  }

  private mutating func writeRow(_ tweet: borrowing Tweet, isCSV: Bool) {
    let separator: UInt8 = isCSV ? UInt8(ascii: ",") : 9
    line.append(decimal: tweet.id)
    line.append(separator)
    Timestamp.append(tweet.createdAt, to: &line)
    line.append(separator)
    line.append(cell: tweet.bytes(tweet.user?.username ?? .absent), isCSV: isCSV)
    line.append(separator)
    line.append(cell: tweet.bytes(tweet.lang), isCSV: isCSV)
    let counts = tweet.counts ?? Counts()
    for count in [counts.likes, counts.retweets, counts.replies, counts.quotes] {
      line.append(separator)
      if count >= 0 { line.append(decimal: count) }
    }
    line.append(separator)
    line.append(cell: tweet.bytes(tweet.text), isCSV: isCSV)
    line.append(isCSV ? "\r\n" : "\n")
  }

  // Two lines a tweet: who and when, then the text with its lines joined; below, the sums.
  private mutating func writeTable(
    _ tweet: borrowing Tweet, _ marks: [Highlight], _ explanation: ScoreExplanation?
  ) {
    line.append(string: style.dim(TweetHead.text(tweet)) + "\n")
    let snippet = Snippet(tweet.bytes(tweet.text).text, marks)
    line.append(string: "  " + style.marked(snippet) + "\n")
    if let explanation {
      for row in ExplanationText.lines(explanation) { line.append(string: "    " + style.dim(row) + "\n") }
    }
  }
}

/// The line of a tweet's facts: when, who, how it was received, its id.
enum TweetHead {
  static func text(_ tweet: borrowing Tweet) -> String {
    var head = String(Timestamp.text(tweet.createdAt).prefix(16).map { $0 == "T" ? " " : $0 })
    let name = tweet.bytes(tweet.user?.username ?? .absent).text
    if !name.isEmpty { head += "  @\(TerminalText.safe(name))" }
    if let counts = tweet.counts {
      if counts.likes > 0 { head += "  ♥ \(TerminalText.rounded(counts.likes))" }
      if counts.retweets > 0 { head += "  ⟲ \(TerminalText.rounded(counts.retweets))" }
    }
    return head + "  \(tweet.id)"
  }
}

/// Colours, or none.
struct TextStyle {
  let isColored: Bool

  /// Less visible.
  func dim(_ text: String) -> String { isColored && !text.isEmpty ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// What the query asked for in bold.
  func marked(_ snippet: Snippet) -> String {
    snippet.parts.map { part in
      let text = TerminalText.safe(part.text)
      return part.isMarked && isColored ? "\u{1B}[1;33m\(text)\u{1B}[0m" : text
    }.joined()
  }
}
