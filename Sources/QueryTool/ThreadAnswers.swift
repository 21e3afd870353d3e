internal import Bytes
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--thread`: a conversation, as a tree for people and as records `post` for scripts:
/// `{"type":"post","depth","parent","id","gap","tweet"}`, `gap` (`deleted`, `missing`) in place of `tweet` where there is none.
enum ThreadAnswers {
  /// Answers. - Returns: whether anything is known of the conversation.
  static func run(_ text: String, _ searcher: Searcher, _ context: ToolContext, _ output: inout ToolOutput)
    throws
    -> Bool
  {
    let bytes = Array(text.utf8)
    guard let id = RecordID.parse(bytes.span) else {
      throw ToolError(.usage, "option --thread: expected an id, found \"\(TerminalText.safe(text))\"")
    }
    let format = AnswerFormat.of(context)
    guard ["ndjson", "table", "ids"].contains(format) else {
      throw ToolError(.usage, "option --format: expected table, ndjson or ids here, found \(format)")
    }
    let nodes = try searcher.thread(id)
    var tweet = Tweet()
    var line = ByteBuffer()
    let style = TextStyle(isColored: context.outputUsesColor)
    var trunk: [Bool] = []
    for node in nodes {
      line.removeAll()
      var isThere = false
      if case .tweet(let hit) = node.content {
        try searcher.read(hit, into: &tweet)
        isThere = true
      }
      switch format {
      case "ids": if isThere { line.append(string: "\(node.id)\n") }
      case "ndjson": writeRecord(node, tweet, &line)
      default: writeTree(node, tweet, isAsked: node.id == id, style, &trunk, &line)
      }
      try output.write(line.span)
    }
    return !nodes.isEmpty
  }

  private static func writeRecord(_ node: ThreadNode, _ tweet: borrowing Tweet, _ line: inout ByteBuffer) {
    line.append(string: "{\"type\":\"post\",\"depth\":\(node.depth)")
    if node.parent > 0 { line.append(string: ",\"parent\":\"\(node.parent)\"") }
    line.append(string: ",\"id\":\"\(node.id)\"")
    switch node.content {
    case .deleted: line.append(",\"gap\":\"deleted\"")
    case .missing: line.append(",\"gap\":\"missing\"")
    case .tweet:
      line.append(",\"tweet\":")
      TweetWriter.write(tweet, to: &line)
      // The record ends with a newline; the object goes on.
      line.truncate(to: line.count - 1)
    }
    line.append("}\n")
  }

  /// Deeper replies are drawn at this depth: a chain of thousands has no room on any terminal.
  private static let deepest = 24

  // `trunk` says for each depth whether more comes below, so that its line goes on.
  private static func writeTree(
    _ node: ThreadNode, _ tweet: borrowing Tweet, isAsked: Bool, _ style: TextStyle, _ trunk: inout [Bool],
    _ line: inout ByteBuffer
  ) {
    let depth = min(node.depth, deepest)
    trunk.removeLast(max(trunk.count - depth, 0))
    while trunk.count < depth { trunk.append(false) }
    let margin = trunk.dropFirst().map { $0 ? "│ " : "  " }.joined()
    let branch = node.depth == 0 ? "" : node.isLast ? "└ " : "├ "
    let below = node.depth == 0 ? "" : node.isLast ? "  " : "│ "
    trunk.append(node.depth > 0 && !node.isLast)
    switch node.content {
    case .deleted: line.append(string: style.dim("\(margin)\(branch)deleted  \(node.id)") + "\n")
    case .missing: line.append(string: style.dim("\(margin)\(branch)not in the index  \(node.id)") + "\n")
    case .tweet:
      line.append(string: style.dim(margin + branch + TweetHead.text(tweet) + (isAsked ? "  ◂" : "")) + "\n")
      let text = TerminalText.safe(tweet.bytes(tweet.text).text)
      line.append(string: style.dim(margin + below) + text + "\n")
    }
  }
}
