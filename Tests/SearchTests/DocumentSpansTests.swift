import TestSupport
import Testing

@testable import Search

@Suite struct DocumentSpansTests {
  static func random(_ random: inout SeededGenerator) -> DocumentSpans {
    var runs: [Range<Int>] = []
    var place = 0
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      let start = place + Int.random(in: 0..<8, using: &random)
      place = start + Int.random(in: 0..<8, using: &random)
      runs.append(start..<place)
    }
    return DocumentSpans(rising: runs)
  }

  static func documents(_ spans: DocumentSpans) -> Set<Int> {
    Set((0..<120).filter { spans.first(from: $0) == $0 })
  }

  @Test(
    "runs rise, apart from each other, and say of every document whether it lies in them", arguments: 0..<50)
  func runs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let spans = Self.random(&random)
    let twin = Set(spans.runs.flatMap { Array($0) })
    #expect(Self.documents(spans) == twin && spans.count == twin.count)
    #expect(spans.last == UInt32(twin.max() ?? 0))
    #expect(zip(spans.runs, spans.runs.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    for target in 0..<120 {
      #expect(spans.first(from: target) == twin.filter { $0 >= target }.min() ?? DocIterator.end)
    }
  }

  @Test("an intersection is what lies in both", arguments: 0..<50) func intersection(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (one, other) = (Self.random(&random), Self.random(&random))
    let common = one.intersection(other)
    #expect(Self.documents(common) == Self.documents(one).intersection(Self.documents(other)))
    #expect(common == other.intersection(one))
  }
}
