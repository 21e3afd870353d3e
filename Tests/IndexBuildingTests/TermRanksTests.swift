import Bytes
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct TermRanksTests {
  static func term(_ random: inout SeededGenerator) -> [UInt8] {
    (0..<Int.random(in: 0..<12, using: &random)).map { _ in UInt8.random(in: 0..<2, using: &random) }
  }

  @Test("ranks are those of a plain sort of the used terms", arguments: 0..<10) func ranks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var batch = TermTable(capacity: 4)
    for _ in 0..<500 {
      let field = TermField.allCases.randomElement(using: &random)!.rawValue
      let term = Self.term(&random)
      _ = batch.insert(field, term.span)
    }
    let terms = SegmentTerms()
    #expect(terms.numbers(of: batch) == (0..<UInt32(batch.count)).map { $0 })
    let used = seed % 2 == 0 ? nil : (0..<batch.count).map { _ in Bool.random(using: &random) }
    let ranks = TermRanks(terms, used: used, threads: seed % 3 == 0 ? 1 : 2)
    let expected = (0..<batch.count).filter { used?[$0] ?? true }
      .sorted { batch.copy($0).lexicographicallyPrecedes(batch.copy($1)) }
    #expect(ranks.numbers == expected.map(UInt32.init))
    for (rank, number) in expected.enumerated() { #expect(ranks.ranks[number] == rank) }
    #expect(ranks.ranks.count { $0 == TermRanks.unused } == batch.count - expected.count)
    let text = expected.indices.filter { batch.field(expected[$0]) == TermField.text.rawValue }
    #expect(Array(ranks.textRanks) == text)
  }
}
