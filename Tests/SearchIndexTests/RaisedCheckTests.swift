import CommitTestSupport
import Commits
import IndexTestSupport
import Records
import TestSupport
import Testing

@testable import IndexBuilding
@testable import SearchIndex

@Suite struct RaisedCheckTests {
  let folder = TemporaryDirectory()

  /// Replaces the raised counts of an index of nine tweets with three likes each, and says what a full check finds.
  func problems(_ rows: [(document: Int, likes: Int64, quotes: Int64)], named count: Int) throws -> [String] {
    let path = folder.file("i")
    try IndexLab.build(
      path, (0..<9).map { IndexLab.tweet(1000 + $0, "a", "\"counts\":{\"likes\":3}") }, replace: true)
    try IndexLab.raise(path, (0..<UInt64(count)).map { IndexLab.counters(1000 + $0, "\"likes\":9") })
    let manifest = try #require(try CommitFolder(path, .index).newest())
    let entry = try #require(manifest.segments.last)
    let file = path + "/segments/" + (try #require(entry.raisedFile))
    var columns = (0..<5).map { _ in [Int64]() }
    for row in rows {
      for (index, value) in [Int64(row.document), row.likes, -1, -1, row.quotes].enumerated() {
        columns[index].append(value)
      }
    }
    try RaisedLab.write(columns, 9, entry.checksum, file)
    return try IndexLab.problems(path)
  }

  @Test("counts that are higher than the segment's, of rising documents, are sound") func sound() throws {
    #expect(try problems([(0, 4, -1), (5, -1, 0), (8, 9, 9)], named: 3) == [])
  }

  @Test("a document behind the last, out of order or twice, and counts that did not rise, are told")
  func told() throws {
    for (rows, member, words) in [
      ([(0, 4, -1), (9, 4, -1)], "documents", "document 9 of 9 behind 0"),
      ([(5, 4, -1), (0, 4, -1)], "documents", "document 0 of 9 behind 5"),
      ([(5, 4, -1), (5, 5, -1)], "documents", "document 5 of 9 behind 5"),
      ([(-1, 4, -1), (5, 5, -1)], "documents", "document -1 of 9 behind -1"),
      ([(0, 4, -1), (1, 3, 7)], "likes", "document 1 rose to 3, and had 3"),
      ([(0, 4, -2), (1, 4, 7)], "quotes", "document 0 rose to -2, and had -1"),
      ([(0, 4, -1), (1, -1, -1)], "documents", "no count of document 1 rose"),
    ] as [([(document: Int, likes: Int64, quotes: Int64)], String, String)] {
      let found = try problems(rows, named: 2)
      #expect(found.count == 1 && found[0].hasPrefix("corrupt: "), "\(found)")
      #expect(found[0].contains("member \(member), ") && found[0].hasSuffix(words), "\(found)")
    }
    let found = try problems([(0, 4, -1)], named: 2)
    #expect(
      found.count == 1 && found[0].hasSuffix("counts of 1 documents rose, the manifest says 2"), "\(found)")
  }
}
