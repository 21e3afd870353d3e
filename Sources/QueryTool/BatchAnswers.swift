internal import Bytes
internal import JSON
internal import QueryGrammar
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--batch`: a query a line in, a line of JSON each out, in order, on all cores.
enum BatchAnswers {
  /// Queries that a thread takes at once: few, so that none waits long, and more than one, since handing over costs 10 µs.
  private static let portion = 16

  /// The lines of a file, or of standard input. - Throws: `SystemError`.
  static func lines(_ path: String) throws -> [String] {
    var input = try InputStream(path)
    var bytes = ByteBuffer()
    while try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
    var lines = bytes.span.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// How queries are answered.
  struct Question: Sendable {
    var ranking: Ranking
    var asOf: AsOf?
    var limit: Int
  }

  private struct Answer: Sendable {
    var line: [UInt8]
    var found: Bool
  }

  // A searcher is for one thread; readers are shared.
  private final class Desk {
    private let searcher: Result<Searcher, any Error>
    init(_ readers: [IndexReader]) { searcher = Result { try Searcher(readers) } }

    func answer(_ query: String, _ question: Question) throws -> Answer {
      let searcher = try searcher.get()
      searcher.now = question.ranking.now
      return try BatchAnswers.answer(query, searcher, question)
    }
  }

  /// Answers all. - Returns: whether any query had a hit.
  static func run(
    _ path: String, _ readers: [IndexReader], _ question: Question, threads: Int, _ output: inout ToolOutput
  ) throws -> Bool {
    let queries = try lines(path)
    let portions = stride(from: 0, to: queries.count, by: portion).map {
      Array(queries[$0..<min($0 + portion, queries.count)])
    }
    let waiting = BoundedQueue<[String]>(capacity: max(portions.count, 1))
    for portion in portions { waiting.push(portion) }
    waiting.close()
    var found = false
    var line = 0
    do {
      try OrderedWork.run(
        threads: min(threads, max(portions.count, 1)), produce: { waiting.pop() }, context: { Desk(readers) },
        work: { desk, portion in portion.map { query in Result { try desk.answer(query, question) } } },
        consume: { answers in
          for answer in answers {
            line += 1
            let answer = try answer.get()
            found = found || answer.found
            try output.write(answer.line.span)
          }
        })
    } catch let error as ToolError where error.status == .usage {
      // The answers before a query that is none are there, at any number of threads.
      try output.flush()
      throw ToolError(
        .usage, "\(path == "-" ? "standard input" : path), line \(line): \(error.message)", hint: error.hint)
    }
    return found
  }

  private static func answer(_ query: String, _ searcher: Searcher, _ question: Question) throws -> Answer {
    let start = Syscalls.monotonicSeconds()
    let asked = try QueryErrors.parse(query)
    let hits = try searcher.search(
      question.asOf?.restrict(asked) ?? asked, question.ranking, limit: question.limit)
    let micros = (Syscalls.monotonicSeconds() - start) * 1e6
    var line = ByteBuffer()
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
    return Answer(line: line.span.array, found: !hits.isEmpty)
  }
}
