internal import Bytes
internal import Records
internal import Search
internal import ToolSupport

/// `--format html`: one page without a link to anything it needs, so that it works offline and can be sent around.
///
/// Every text of a record is escaped; links lead only where a record's `http` links do.
struct HTMLPage {
  private let query: String

  init(_ query: String) { self.query = query }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1e21;background:#fff}
    h1{font-size:1.3rem}h2{font-size:1.1rem;margin-top:2rem}article{border-top:1px solid #ddd;padding:.7rem 0}
    header,footer,.more{color:#657786;font-size:.85rem}article p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
    mark{background:#ffe58a;color:inherit}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.1rem .5rem .1rem 0}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.bar{display:inline-block;height:.8em;background:#1d9bf0}
    pre{font-size:.75rem;color:#657786;overflow-x:auto}
    @media(prefers-color-scheme:dark){body{color:#e7e9ea;background:#15202b}mark{background:#7a5c00}article{border-color:#38444d}}

    """

  func begin(_ output: inout ToolOutput) throws {
    let title = Self.escaped(query)
    try output.write(
      text: """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(title)</title>
        <style>
        \(Self.style)</style></head><body>
        <h1>\(title)</h1>

        """)
  }

  func end(_ output: inout ToolOutput) throws { try output.write(text: "</body></html>\n") }

  /// A hit.
  static func write(
    _ rank: Int, _ hit: Hit, _ tweet: borrowing Tweet, _ marks: [Highlight], _ explanation: ScoreExplanation?,
    to line: inout ByteBuffer
  ) {
    let name = tweet.bytes(tweet.user?.username ?? .absent).text
    let shown = tweet.bytes(tweet.user?.name ?? .absent).text
    let time = Timestamp.text(tweet.createdAt)
    var head = "\(rank). "
    if !shown.isEmpty { head += "<b>\(escaped(shown))</b> " }
    if !name.isEmpty { head += "@\(escaped(name)) · " }
    line.append(
      string:
        "<article id=\"t\(hit.id)\"><header>\(head)<time datetime=\"\(time)\">\(time)</time></header>\n<p>")
    for part in Snippet(tweet.bytes(tweet.text).text, marks).parts {
      line.append(string: part.isMarked ? "<mark>\(escaped(part.text))</mark>" : escaped(part.text))
    }
    line.append("</p>\n")
    let links = tweet.urls.map { tweet.bytes($0.expanded.hasText ? $0.expanded : $0.url).text }
    for link in links where link.hasPrefix("https://") || link.hasPrefix("http://") {
      let safe = escaped(link)
      line.append(string: "<p><a rel=\"noopener noreferrer nofollow\" href=\"\(safe)\">\(safe)</a></p>\n")
    }
    var facts = ["\(hit.id)"]
    if let counts = tweet.counts {
      if counts.likes >= 0 { facts.append("♥ \(counts.likes)") }
      if counts.retweets >= 0 { facts.append("⟲ \(counts.retweets)") }
    }
    if hit.score > 0 { facts.append("score \(hit.score)") }
    line.append(string: "<footer>\(facts.joined(separator: " · "))</footer>\n")
    if let explanation {
      let rows = ExplanationText.lines(explanation).map(escaped)
      line.append(string: "<pre>\(rows.joined(separator: "\n"))</pre>\n")
    }
    line.append("</article>\n")
  }

  /// Text that is nothing but text, in elements and in quoted attributes. Control characters, which HTML forbids, are U+FFFD.
  static func escaped(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
        // Marks that turn the direction of writing would turn what stands behind, too.
        let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        out.unicodeScalars.append(isControl || turns ? "\u{FFFD}" : scalar)
      }
    }
    return out
  }
}
