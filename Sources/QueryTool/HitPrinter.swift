internal import Bytes
internal import JSON
internal import Records
internal import Search
internal import ToolSupport

/// Writes hits in one of the formats.
struct HitPrinter: ~Copyable {
  private let format: String
  private let highlighter: Highlighter
  private var line = ByteBuffer()

  init(format: String, color: Bool, words: [String]) {
    self.format = format
    highlighter = Highlighter(words: color ? words : [])
  }

  private static let columns = [
    "id", "created_at", "username", "lang", "likes", "retweets", "replies", "quotes", "text",
  ]

  /// The header line, where the format has one.
  mutating func begin(_ output: inout ToolOutput) throws {
    switch format {
    case "csv": try output.write(text: Self.columns.joined(separator: ",") + "\r\n")
    case "tsv": try output.write(text: Self.columns.joined(separator: "\t") + "\n")
    default: break
    }
  }

  /// One hit.
  mutating func print(rank: Int, _ hit: Hit, _ tweet: borrowing Tweet, _ output: inout ToolOutput) throws {
    line.removeAll()
    switch format {
    case "ids":
      line.append(decimal: hit.id)
      line.append(UInt8(ascii: "\n"))
    case "ndjson": writeRecord(rank, hit, tweet)
    case "csv", "tsv": writeRow(tweet, isCSV: format == "csv")
    default: writeTable(tweet)
    }
    try output.write(line.span)
  }

  /// A row of CSV or TSV, of a tweet that is no hit.
  mutating func printRow(_ tweet: borrowing Tweet, _ output: inout ToolOutput) throws {
    line.removeAll()
    writeRow(tweet, isCSV: format == "csv")
    try output.write(line.span)
  }

  private mutating func writeRecord(_ rank: Int, _ hit: Hit, _ tweet: borrowing Tweet) {
    line.append("{\"type\":\"hit\",\"rank\":")
    line.append(decimal: UInt64(rank))
    line.append(",\"score\":")
    line.append(number: hit.score)
    line.append(",\"tweet\":")
    TweetWriter.write(tweet, to: &line)
    // The record ends with a newline; the object goes on.
    line.truncate(to: line.count - 1)
    line.append("}\n")
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

  // Two lines a tweet: who and when, then the text with its lines joined.
  private mutating func writeTable(_ tweet: borrowing Tweet) {
    var head = String(Timestamp.text(tweet.createdAt).prefix(16).map { $0 == "T" ? " " : $0 })
    let name = tweet.bytes(tweet.user?.username ?? .absent).text
    if !name.isEmpty { head += "  @\(TerminalText.safe(name))" }
    if let counts = tweet.counts {
      if counts.likes > 0 { head += "  ♥ \(TerminalText.rounded(counts.likes))" }
      if counts.retweets > 0 { head += "  ⟲ \(TerminalText.rounded(counts.retweets))" }
    }
    head += "  \(tweet.id)"
    line.append(string: highlighter.dim(head) + "\n")
    let text = TerminalText.safe(tweet.bytes(tweet.text).text)
    line.append(string: "  " + highlighter.mark(text) + "\n")
  }
}

/// Marks a query's words in a text, whole words whatever their case.
struct Highlighter {
  private let words: Set<String>

  init(words: [String]) { self.words = Set(words.map { $0.lowercased() }) }

  /// Less visible, where colours are used.
  func dim(_ text: String) -> String { words.isEmpty ? text : "\u{1B}[2m\(text)\u{1B}[0m" }

  /// `text` with the words in bold.
  func mark(_ text: String) -> String {
    if words.isEmpty { return text }
    var out = ""
    var word = ""
    func flush() {
      out += words.contains(word.lowercased()) ? "\u{1B}[1;33m\(word)\u{1B}[0m" : word
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        flush()
        out.append(character)
      }
    }
    flush()
    return out
  }
}
