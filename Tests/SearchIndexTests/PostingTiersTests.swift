import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct PostingTiersTests {
  /// The documents and frequencies of a list.
  static func read(_ list: PostingsBlocks) throws -> [[Int]] {
    var cursor = PostingsCursor(list)
    var found: [[Int]] = []
    try cursor.next()
    while cursor.document != PostingsCursor.end {
      found.append([cursor.document, try cursor.frequency()])
      try cursor.next()
    }
    return found
  }

  @Test("the tiers are the documents of short texts, and longer ones that hold the term more than once")
  func divided() throws {
    var random = SeededGenerator(seed: 5)
    for size in [256, 257, 700, 2500] {
      let list = SegmentForge.list(size, of: 3000, &random)
      let (segment, infos) = try SegmentForge.segment(documents: 3000, [list])
      let postings = try PostingsBlocks(segment, infos[0], hasCounts: true)
      // The forge's texts have document mod 40, plus one, positions.
      let entries = list.map { [$0.document, $0.positions.count] }
      #expect(try Self.read(#require(try postings.short())) == entries.filter { $0[0] % 40 < 9 })
      #expect(
        try Self.read(#require(try postings.repeated())) == entries.filter { $0[0] % 40 >= 9 && $0[1] > 1 })
      #expect(try Self.read(postings) == entries)
    }
  }

  @Test("short lists and those without frequencies have no tiers") func none() throws {
    var random = SeededGenerator(seed: 6)
    for (size, isText) in [(255, true), (2000, false)] {
      let (segment, infos) = try SegmentForge.segment(
        documents: 3000, [SegmentForge.list(size, of: 3000, &random)], isText: isText)
      let postings = try PostingsBlocks(segment, infos[0], hasCounts: isText)
      let tiers = [try postings.short(), try postings.repeated()]
      #expect(tiers.allSatisfy { $0 == nil })
    }
  }
}
