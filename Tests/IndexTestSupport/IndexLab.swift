internal import Records
internal import Bytes
internal import Containers
internal import Foundation
internal import IndexBuilding
internal import SearchIndex
internal import TestSupport
internal import TextAnalysis

/// Builds indexes of lines as `index-build` does, inside the test's process.
public enum IndexLab {
  /// A commit for every so many lines, or one at the end.
  public static func build(
    _ path: String, _ lines: [String], every: Int? = nil, threads: Int = 1, replace: Bool = false,
    merge: Bool = false
  ) throws {
    let folder = TemporaryDirectory()
    let file = folder.file("lines")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
    let source = ChunkSource([file])
    let cuts = SegmentCuts(source, every.map { .records($0) } ?? .size)
    let writer = try IndexWriter(path, threads: threads)
    if replace { try writer.replaceAll() }
    if writer.analyzer.isEmpty { try writer.useAnalyzer(cuts.firstAnalyzer ?? AnalyzerSettings().identifier) }
    guard let settings = AnalyzerSettings(identifier: writer.analyzer) else {
      throw IndexError.otherAnalyzer(found: "", expected: writer.analyzer)
    }
    var segment = 0
    var refused: [Reject] = []
    try OrderedWork.run(
      threads: threads, produce: { cuts.next() },
      context: { BatchReader(program: "test", settings: settings) },
      work: { reader, cut in reader.read(cut) },
      consume: { (read: ReadBatch) in
        if every != nil, read.segment != segment { try writer.commit() }
        segment = read.segment
        refused += read.rejects
        try writer.add(read)
      })
    try source.check()
    if let first = refused.first { throw first.rejection }
    if merge { _ = try writer.mergeAll() }
    try writer.commit()
  }

  /// A record of counters.
  public static func counters(_ id: UInt64, _ more: String) -> String {
    "{\"type\":\"counters\",\"id\":\"\(id)\",\(more)}"
  }

  /// Raises counts to the sums of `lines`, as `index-build --counters` does. - Returns: how many tweets rose.
  @discardableResult
  public static func raise(_ path: String, _ lines: [String], threads: Int = 1) throws -> Int {
    let folder = TemporaryDirectory()
    try write(Array(lines.joined(separator: "\n").utf8), to: folder.file("counters"))
    var sums = CounterSums()
    try sums.read([folder.file("counters")])
    let writer = try IndexWriter(path, threads: threads)
    let count = try writer.raise(sums)
    try writer.commit()
    return count
  }

  /// Writes the index anew without anything deleted, as `index-build --purge` does.
  public static func purge(_ path: String) throws { _ = try IndexWriter(path, threads: 1).purge() }

  /// All live records and tombstones, as canonical lines.
  public static func dump(_ path: String) throws -> [String] {
    var lines: [String] = []
    try IndexDump(try IndexReader(path)).records { tweet in
      var line = ByteBuffer()
      TweetWriter.write(tweet, to: &line)
      lines.append(line.span.text.trimmingCharacters(in: .newlines))
    } tombstones: { event in
      var line = ByteBuffer()
      event.write(to: &line)
      lines.append(line.span.text.trimmingCharacters(in: .newlines))
    }
    return lines
  }

  /// All terms with their counts, as text.
  public static func terms(_ path: String) throws -> [String] {
    var lines: [String] = []
    try IndexDump(try IndexReader(path)).terms { field, term, documents, occurrences in
      lines.append("\(field) \(term.array) \(documents) \(occurrences)")
    }
    return lines
  }

  /// What a full check finds.
  public static func problems(_ path: String) throws -> [String] {
    try IndexCheck(.full, threads: 1).problems(path).map(\.message)
  }

  /// The bytes of every segment of the newest commit, in order.
  public static func segmentFiles(_ path: String) throws -> [String] {
    IndexSummary(try IndexReader(path)).parts.map { path + "/segments/" + $0.name }
  }

  /// A file's bytes.
  public static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Writes a file, without making it durable.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// A canonical tweet.
  public static func tweet(_ id: UInt64, _ text: String, _ more: String = "") -> String {
    "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"2018-08-29T20:21:02.000Z\",\"text\":\"\(text)\"\(more.isEmpty ? "" : "," + more)}"
  }
}
