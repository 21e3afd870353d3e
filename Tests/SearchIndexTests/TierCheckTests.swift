import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TierCheckTests {
  /// Whether a walk along `entries` (document, frequency) agrees with the tiers of the forged list.
  static func agrees(_ postings: PostingsBlocks, _ entries: [(Int, Int)]) throws -> Bool {
    var check = try TierCheck(postings)
    for (document, frequency) in entries {
      guard try check.agree(document, frequency: frequency, length: document % 40 + 1) else { return false }
    }
    return check.areOver()
  }

  @Test("a list agrees with its tiers, and no longer when a document or a frequency is another") func agree()
    throws
  {
    var random = SeededGenerator(seed: 7)
    let list = SegmentForge.list(600, of: 3000, &random)
    let (segment, infos) = try SegmentForge.segment(documents: 3000, [list])
    let postings = try PostingsBlocks(segment, infos[0], hasCounts: true)
    let entries = list.map { ($0.document, $0.positions.count) }
    #expect(try Self.agrees(postings, entries))
    for place in [0, 300, 599] {
      var other = entries
      other[place].1 += 1
      #expect(try !Self.agrees(postings, other), "a frequency at \(place)")
    }
    let short = try #require(entries.lastIndex { $0.0 % 40 < 9 })
    var fewer = entries
    fewer.remove(at: short)
    #expect(try !Self.agrees(postings, fewer), "a short text is missing")
    #expect(try !Self.agrees(postings, Array(entries.prefix(500))), "the end is missing")
  }
}
