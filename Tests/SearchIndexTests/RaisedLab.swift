import Bytes
import CommitWriting
import Commits
import IndexTestSupport
import Records
import TestSupport

@testable import IndexBuilding
@testable import SearchIndex

/// Files of raised counts of made-up documents, and what they hold.
struct RaisedLab {
  let folder = TemporaryDirectory()
  /// Documents of the segment, and the sum by which a manifest knows it.
  let documents: Int
  let checksum: UInt64 = 0xFEED
  /// What each document rose to.
  let twin: [Int: Counts]

  var path: String { folder.file("raised") }

  /// `raised` random documents of `documents`.
  init(_ raised: Int, of documents: Int, _ random: inout SeededGenerator) throws {
    var twin: [Int: Counts] = [:]
    while twin.count < raised {
      var counts = Counts()
      counts.likes = Int64.random(in: 1..<1_000_000, using: &random)
      if Bool.random(using: &random) { counts.quotes = Int64.random(in: 1..<9, using: &random) }
      if Int.random(in: 0..<99, using: &random) == 0 { counts.replies = .max }
      twin[Int.random(in: 0..<documents, using: &random)] = counts
    }
    try self.init(documents: documents, twin)
  }

  init(documents: Int, _ twin: [Int: Counts]) throws {
    self.documents = documents
    self.twin = twin
    try Self.write(twin.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, documents, checksum, path)
  }

  static func write(_ rows: [(Int, Counts)], _ documents: Int, _ checksum: UInt64, _ path: String) throws {
    var writer = RaisedCountsWriter()
    for (document, counts) in rows { writer.add(document, counts) }
    writer.finish()
    try writer.write(path, documents: documents, checksum: checksum)
  }

  /// A file of any columns, documents first, whether they make sense or not.
  static func write(_ columns: [[Int64]], _ documents: Int, _ checksum: UInt64, _ path: String) throws {
    var archive = try SegmentArchiveWriter(path)
    let header = RaisedHeader(documents: documents, raised: columns[0].count, segment: checksum).encoded()
    try archive.add("header", header.span)
    for (member, values) in zip(RaisedFormat.Member.allCases.dropFirst(), columns) {
      var bytes = ByteBuffer()
      PackedColumn.write(values, to: &bytes)
      try archive.add(member.rawValue, bytes.span)
    }
    _ = try archive.commit()
  }

  func open() throws -> RaisedCounts { try RaisedCounts(path, documents: documents, checksum: checksum) }

  /// Looks at every document.
  static func walk(_ raised: RaisedCounts, _ documents: Int) throws -> [Int: Counts] {
    let walk = RaisedWalk(raised)
    var found: [Int: Counts] = [:]
    for document in 0..<documents { found[document] = try walk.counts(document) }
    return found
  }
}
