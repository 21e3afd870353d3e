import TestSupport
import Testing

@testable import Search
@testable import SearchIndex

/// A walk over a sorted array: a clause without an index.
final class ArrayIterator: DocIterator {
  private let documents: [Int]
  private var place = -1
  init(_ documents: [Int]) { self.documents = documents }
  override var document: Int { place < 0 ? -1 : place < documents.count ? documents[place] : Self.end }
  override var cost: Int { documents.count }
  override func next() { place = min(place + 1, documents.count) }
  override func advance(to target: Int) { while document < target { next() } }
}

@Suite struct DocIteratorsTests {
  static func set(_ random: inout SeededGenerator) -> [Int] {
    let density = [0.02, 0.3, 0.9].randomElement(using: &random) ?? 0.3
    return (0..<200).filter { _ in Double.random(in: 0..<1, using: &random) < density }
  }

  /// Walks by random steps and compares with the array.
  static func check(_ iterator: DocIterator, _ expected: [Int], _ random: inout SeededGenerator) throws {
    var current = -1
    while current != DocIterator.end {
      if Bool.random(using: &random) {
        try iterator.next()
        current = expected.first { $0 > current } ?? DocIterator.end
      } else {
        let target = max(current, 0) + Int.random(in: 0..<25, using: &random)
        try iterator.advance(to: target)
        if current < target { current = expected.first { $0 >= target } ?? DocIterator.end }
      }
      #expect(iterator.document == current)
      if iterator.document != current { return }
    }
  }

  @Test("AND, OR, NOT, ranges and unions walk as sets do", arguments: 0..<100) func sets(seed: UInt64) throws
  {
    var random = SeededGenerator(seed: seed)
    let sets = (0..<Int.random(in: 1..<7, using: &random)).map { _ in Self.set(&random) }
    func parts() -> [DocIterator] { sets.map { ArrayIterator($0) } }
    let all = (0..<200).filter { document in sets.allSatisfy { $0.contains(document) } }
    let any = (0..<200).filter { document in sets.contains { $0.contains(document) } }
    try Self.check(AndIterator(parts()), all, &random)
    try Self.check(OrIterator(parts()), any, &random)
    try Self.check(try DocumentSet.union(parts(), count: 200), any, &random)
    let without = (0..<200).filter { document in
      sets[0].contains(document) && !sets.dropFirst().contains { $0.contains(document) }
    }
    try Self.check(
      FilterIterator(ArrayIterator(sets[0]), excluding: Array(parts().dropFirst()), tests: []), without,
      &random)
    let range = Int.random(in: 0..<100, using: &random)..<150
    try Self.check(RangeIterator(range), Array(range), &random)
  }
}
