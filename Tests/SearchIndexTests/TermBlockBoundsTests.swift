import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TermBlockBoundsTests {
  /// Terms whose lists are as short as their documents allow, or a little longer; few of them frequent.
  static func terms(_ random: inout SeededGenerator) -> [(key: [UInt8], info: TermInfo)] {
    var postings = 0
    return TermDictionaryTests.terms(900, &random).map { key, info in
      let isFrequent = Int.random(in: 0..<30, using: &random) == 0
      let documents = Int.random(in: 1..<(isFrequent ? 5000 : 140), using: &random)
      let bytes = documents / 128 * 18 + documents % 128 + Int.random(in: 0..<9, using: &random)
      defer { postings += bytes }
      return (
        key,
        TermInfo(
          documents: documents, occurrences: documents, postings: postings..<postings + bytes,
          positions: 0..<0)
      )
    }
  }

  @Test("a walk over frequent terms gives those that a look at each does", arguments: 0..<4)
  func frequent(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let terms = Self.terms(&random)
    let reader = try TermDictionaryTests.reader(terms)
    for _ in 0..<200 {
      let start = Array(
        terms[Int.random(in: 0..<terms.count, using: &random)].key.prefix(
          Int.random(in: 1..<5, using: &random)))
      let least = Int.random(in: 0..<2000, using: &random)
      var cursor = try TermCursor.seek(reader, to: start.span)
      let last = try reader.lastBlock(of: start.span)
      var found: [[UInt8]] = []
      while try cursor.next(start.span, through: last, least: least) { found.append(cursor.term.span.array) }
      let expected = terms.filter { $0.key.starts(with: start) && $0.info.documents >= least }
      #expect(found == expected.map(\.key), "\(start), \(least)")
    }
  }
}
