internal import Bytes
internal import JSON
internal import Records
internal import StoreAccess
internal import Timelines
internal import ToolSupport

/// What a user with an empty timeline is shown, and is told that it is no timeline: accounts that many follow, and what trends.
enum EmptyTimeline {
  /// Accounts and trends at most.
  private static let shown = 10

  static func print(_ page: Page, _ format: String, _ context: ToolContext, _ output: inout ToolOutput) throws
  {
    context.diagnostics.note("the timeline is empty; what follows are recommendations")
    let timeline = try Timeline(page.store, of: page.user, at: page.time)
    let accounts = try page.store.popular().filter {
      try !timeline.sees($0.user) && !timeline.hides($0.user)
    }
    for account in accounts.prefix(shown) { try printAccount(account, page.store, format, &output) }
    if let path = context.arguments.value("trends") {
      try printTrends(path, page.time, format, &output)
    }
  }

  private static func printAccount(
    _ account: (user: UInt64, followers: Int), _ store: TimelineStore, _ format: String,
    _ output: inout ToolOutput
  ) throws {
    let name = try store.name(of: account.user)
    switch format {
    case "ndjson":
      var line = ByteBuffer()
      line.append("{\"type\":\"recommendation\",\"user\":\"")
      line.append(decimal: account.user)
      line.append("\"")
      if let name {
        line.append(",\"username\":")
        line.append(jsonString: name.span)
      }
      line.append(",\"followers\":")
      line.append(decimal: UInt64(account.followers))
      line.append("}\n")
      try output.write(line.span)
    case "table":
      let shown = name.map { "@" + TerminalText.safe($0.span.text) } ?? "\(account.user)"
      try output.write(
        text:
          "recommended: \(shown), followed by \(Quantities.grouped(account.followers)) account\(account.followers == 1 ? "" : "s")\n"
      )
    default: break
    }
  }

  private static func printTrends(
    _ path: String, _ time: Int64?, _ format: String, _ output: inout ToolOutput
  ) throws {
    var file = try TrendAnswers.open(path)
    let rows = try TrendAnswers.told(path) { () throws(TrendFile.Fault) in
      guard let window = try file.window(endingBy: time) else { return [TrendFile.Row]() }
      return try file.rows(in: window) { $0.place == Array("world".utf8) }
    }
    for row in rows.filter({ $0.record.denial == nil }).prefix(shown) {
      switch format {
      case "ndjson":
        try output.write(file.text(row.line))
        try output.write(text: "\n")
      case "table": try output.write(text: "trending: \(TerminalText.safe(row.record.term.span.text))\n")
      default: break
      }
    }
  }
}
