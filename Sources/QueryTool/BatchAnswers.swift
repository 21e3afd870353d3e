internal import Bytes
internal import JSON
internal import QueryGrammar
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--batch`: a query a line in, a line of JSON each out, in order.
enum BatchAnswers {
  /// The lines of a file, or of standard input. - Throws: `SystemError`.
  static func lines(_ path: String) throws -> [String] {
    var input = try InputStream(path)
    var bytes = ByteBuffer()
    while try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
    var lines = bytes.span.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Answers all. - Returns: whether any query had a hit.
  static func run(_ path: String, _ searcher: Searcher, limit: Int, _ output: inout ToolOutput) throws -> Bool
  {
    var found = false
    var line = ByteBuffer()
    for query in try lines(path) {
      let start = Syscalls.monotonicSeconds()
      let tree = try QueryErrors.parse(query)
      let hits = try searcher.search(tree, limit: limit)
      let micros = (Syscalls.monotonicSeconds() - start) * 1e6
      found = found || !hits.isEmpty
      line.removeAll()
      line.append("{\"type\":\"answer\",\"query\":")
      let text = Array(query.utf8)
      line.append(jsonString: text.span)
      line.append(",\"micros\":")
      line.append(number: (micros * 10).rounded() / 10)
      line.append(",\"hits\":[")
      for (place, hit) in hits.enumerated() {
        line.append(place == 0 ? "{\"id\":\"" : ",{\"id\":\"")
        line.append(decimal: hit.id)
        line.append("\",\"score\":")
        line.append(number: hit.score)
        line.append("}")
      }
      line.append("]}\n")
      try output.write(line.span)
    }
    return found
  }
}
