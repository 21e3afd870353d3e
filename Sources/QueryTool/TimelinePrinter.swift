internal import Bytes
internal import IndexAccess
internal import JSON
internal import Records
internal import Search
internal import SearchIndex
internal import StoreAccess
internal import Timelines
internal import ToolSupport

/// Writes a page of a timeline: whole tweets where an index is named that has them, else who, when and which.
struct TimelinePrinter: ~Copyable {
  private let format: String
  private let page: Page
  private let saysWhy: Bool
  private let searcher: Searcher?
  private var hits: HitPrinter
  private var line = ByteBuffer()

  private static let columns = ["tweet", "author", "username", "at", "via", "reason"]

  /// Prints a page, or where it is empty what may help. - Returns: whether there was a tweet.
  static func print(_ page: Page, _ context: ToolContext) throws -> Bool {
    let arguments = context.arguments
    var output = try ToolOutput.open(arguments)
    if arguments.has("count") {
      try output.write(text: "\(page.entries.count)\n")
      try output.finish()
      return !page.entries.isEmpty
    }
    let format =
      arguments.value("format") ?? (context.outputIsTerminal && !arguments.has("output") ? "table" : "ndjson")
    let folders = arguments.has("index") ? try IndexFolders.named(arguments) : []
    let searcher =
      try folders.isEmpty
      ? nil : IndexErrors.told { try Searcher(try folders.map { try IndexReader($0) }) }
    var printer = TimelinePrinter(page, format, saysWhy: arguments.has("why"), searcher, context)
    try printer.begin(&output)
    for (place, entry) in page.entries.enumerated() { try printer.print(place + 1, entry, &output) }
    try printer.end(&output)
    if page.isEmpty && !page.isByUser && page.isFirst {
      try EmptyTimeline.print(page, format, context, &output)
    }
    try output.finish()
    return !page.entries.isEmpty
  }

  private init(
    _ page: Page, _ format: String, saysWhy: Bool, _ searcher: Searcher?, _ context: ToolContext
  ) {
    self.page = page
    self.format = format
    self.saysWhy = saysWhy
    self.searcher = searcher
    hits = HitPrinter(format, color: context.outputUsesColor)
  }

  private mutating func begin(_ output: inout ToolOutput) throws {
    if searcher != nil { return try hits.begin(&output) }
    switch format {
    case "csv": try output.write(text: Self.columns.joined(separator: ",") + "\r\n")
    case "tsv": try output.write(text: Self.columns.joined(separator: "\t") + "\n")
    default: break
    }
  }

  private mutating func print(_ rank: Int, _ entry: TimelineEntry, _ output: inout ToolOutput) throws {
    line.removeAll()
    if format == "ids" {
      line.append(decimal: entry.tweet)
      line.append("\n")
      return try output.write(line.span)
    }
    if let searcher, try printWhole(rank, entry, searcher, &output) { return }
    switch format {
    case "ndjson": writeDelivery(entry)
    case "csv", "tsv": try writeRow(entry, isCSV: format == "csv")
    default: try writeTable(entry)
    }
    try output.write(line.span)
  }

  // Whether an index has the tweet.
  private mutating func printWhole(
    _ rank: Int, _ entry: TimelineEntry, _ searcher: Searcher, _ output: inout ToolOutput
  ) throws -> Bool {
    var tweet = Tweet()
    guard let hit = try IndexErrors.told({ try searcher.find(entry.tweet) }) else {
      if format != "csv" && format != "tsv" { return false }
      // A table has the same columns in every row: what the store knows of it.
      tweet.id = entry.tweet
      tweet.createdAt = entry.at
      var user = User()
      user.id = entry.author
      if let name = try page.store.name(of: entry.author) { user.username = tweet.add(name.span) }
      tweet.user = user
      try hits.printRow(tweet, &output)
      return true
    }
    try IndexErrors.told { try searcher.read(hit, into: &tweet) }
    if format != "ndjson" {
      try hits.print(rank: rank, hit, tweet, nil, &output)
      if format == "table" && saysWhy {
        try output.write(text: "  ↳ \(try reason(entry)) (\(entry.via.rawValue))\n")
      }
      return true
    }
    line.append("{\"type\":\"hit\",\"rank\":")
    line.append(decimal: UInt64(rank))
    line.append(",\"tweet\":")
    TweetWriter.write(tweet, to: &line)
    // The record ends with a newline; the object goes on.
    line.truncate(to: line.count - 1)
    if saysWhy { appendWhy(entry) }
    line.append("}\n")
    try output.write(line.span)
    return true
  }

  private mutating func writeDelivery(_ entry: TimelineEntry) {
    DeliveryRecord.append(page.user, entry, to: &line)
    if saysWhy {
      line.truncate(to: line.count - 2)
      appendWhy(entry)
      line.append("}\n")
    }
  }

  private mutating func appendWhy(_ entry: TimelineEntry) {
    line.append(",\"why\":{\"via\":\"")
    line.append(string: entry.via.rawValue)
    line.append("\",\"from\":\"")
    line.append(decimal: entry.author)
    line.append("\"")
    if let name = try? page.store.name(of: entry.author) {
      line.append(",\"username\":")
      line.append(jsonString: name.span)
    }
    line.append(",\"reason\":\"")
    line.append(string: kind(entry))
    line.append("\"}")
  }

  // Why the tweet is there.
  private func kind(_ entry: TimelineEntry) -> String {
    if entry.author == page.user { return "own" }
    if entry.original > 0 { return "retweet" }
    if entry.replyTo == page.user { return "reply to you" }
    return entry.replyTo > 0 && entry.replyTo != entry.author ? "reply to one followed" : "followed"
  }

  private func reason(_ entry: TimelineEntry) throws -> String {
    if entry.author == page.user { return "your own" }
    let name = try self.name(entry.author)
    if entry.original > 0 { return "retweeted by \(name), whom you follow" }
    if entry.replyTo == page.user { return "\(name), whom you follow, replies to you" }
    if entry.replyTo > 0 && entry.replyTo != entry.author {
      return "\(name) replies to \(try self.name(entry.replyTo)); you follow both"
    }
    return "you follow \(name)"
  }

  private func name(_ user: UInt64) throws -> String {
    guard let name = try page.store.name(of: user) else { return "\(user)" }
    return "@" + TerminalText.safe(name.span.text)
  }

  private mutating func writeRow(_ entry: TimelineEntry, isCSV: Bool) throws {
    let separator: UInt8 = isCSV ? UInt8(ascii: ",") : 9
    line.append(decimal: entry.tweet)
    line.append(separator)
    line.append(decimal: entry.author)
    line.append(separator)
    let name = try page.store.name(of: entry.author) ?? []
    line.append(cell: name.span, isCSV: isCSV)
    line.append(separator)
    Timestamp.append(entry.at, to: &line)
    line.append(separator)
    line.append(string: entry.via.rawValue)
    line.append(separator)
    line.append(string: kind(entry))
    line.append(isCSV ? "\r\n" : "\n")
  }

  private mutating func writeTable(_ entry: TimelineEntry) throws {
    let time = String(Timestamp.text(entry.at).prefix(16).map { $0 == "T" ? " " : $0 })
    line.append(string: "\(time)  \(entry.tweet)  \(try name(entry.author))")
    if saysWhy { line.append(string: "  \(try reason(entry)) (\(entry.via.rawValue))") }
    line.append("\n")
  }

  // Where the next page begins.
  private mutating func end(_ output: inout ToolOutput) throws {
    guard let next = page.next else { return }
    switch format {
    case "ndjson": try output.write(text: "{\"type\":\"cursor\",\"next\":\"\(next.text)\"}\n")
    case "table": try output.write(text: "more: --cursor \(next.text)\n")
    default: break
    }
  }
}
