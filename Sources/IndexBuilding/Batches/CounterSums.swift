internal import Bytes
internal import Containers
internal import JSON
internal import Records

/// Likes, retweets, replies and quotes of tweets: the partial sums of `counters` records, added up.
public struct CounterSums: Sendable {
  /// Of one tweet.
  struct Counts: Equatable, Sendable {
    var likes: Int64 = 0
    var retweets: Int64 = 0
    var replies: Int64 = 0
    var quotes: Int64 = 0
  }

  private(set) var tweets: [UInt64: Counts] = [:]

  /// The tweets in the order of a segment's documents: greatest id first. - Complexity: O(n log n).
  var falling: [(id: UInt64, counts: Counts)] {
    tweets.map { ($0.key, $0.value) }.sorted { $0.id > $1.id }
  }
  /// Records that were read.
  public private(set) var records = 0

  /// Nothing yet.
  public init() {}

  private static let keys = KeyTable(["type", "id", "likes", "retweets", "replies", "quotes"])

  /// Adds all records of some files, in any container. - Throws: `CounterError`, and what ends the input.
  public mutating func read(_ paths: [String]) throws {
    let source = ChunkSource(paths)
    var parser = JSONParser()
    while let chunk = source.next() {
      var start = 0
      var line = chunk.line
      while start < chunk.bytes.count {
        let end = chunk.bytes.span.firstIndex(of: 0x0A, from: start) ?? chunk.bytes.count
        let content = chunk.bytes.span.trimmed(start..<end)
        if !content.isEmpty, !add(&parser, chunk, content) {
          throw CounterError(file: chunk.source, line: line)
        }
        start = end + 1
        line += 1
      }
    }
    try source.check()
  }

  private mutating func add(_ parser: inout JSONParser, _ chunk: Chunk, _ content: Range<Int>) -> Bool {
    guard (try? parser.parse(chunk.bytes, content)) != nil else { return false }
    let fields = JSONFields(parser.root, Self.keys)
    guard let type = fields[0], type.kind == .string, type.string.equals("counters"),
      let name = fields[1], name.kind == .string, let id = RecordID.parse(name.string)
    else { return false }
    var counts = tweets[id] ?? Counts()
    guard Self.add(fields[2], &counts.likes), Self.add(fields[3], &counts.retweets),
      Self.add(fields[4], &counts.replies), Self.add(fields[5], &counts.quotes)
    else { return false }
    tweets[id] = counts
    records += 1
    return true
  }

  // Sums end at the greatest number there is, and at the least.
  private static func add(_ value: JSONValue?, _ sum: inout Int64) -> Bool {
    guard let value else { return true }
    guard let more = value.signed else { return false }
    let (total, isOver) = sum.addingReportingOverflow(more)
    sum = isOver ? (more < 0 ? .min : .max) : total
    return true
  }
}

/// A line that is no record of counters.
public struct CounterError: Error, Equatable {
  /// The file.
  public var file: String
  /// Its line, from 1.
  public var line: Int
}
