import TestSupport
import Testing

@testable import Trends

@Suite struct SparklineTests {
  // One block at a time: the first whose top is not below the value.
  static func naive(_ values: [Int]) -> String {
    var columns: [[Int]] = values.count <= 16 ? values.map { [$0] } : Array(repeating: [], count: 16)
    if values.count > 16 {
      for (index, value) in values.enumerated() {
        let column = (0..<16).last { $0 * values.count / 16 <= index } ?? 0
        columns[column].append(value)
      }
    }
    let shown = columns.map { $0.max() ?? 0 }
    let most = shown.max() ?? 0
    return shown.map { value in
      for (level, block) in ["▁", "▂", "▃", "▄", "▅", "▆", "▇"].enumerated()
      where value * 8 <= (level + 1) * most {
        return block
      }
      return "█"
    }.joined()
  }

  @Test("it is what its naive twin draws", arguments: 0..<300 as Range<UInt64>) func twin(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let most = [1, 7, 8, 9, 1_000_000].randomElement(using: &random) ?? 1
    var values = (0..<Int.random(in: 1...70, using: &random)).map { _ in
      Int.random(in: 0...most, using: &random)
    }
    values[0] = max(values[0], 1)
    #expect(Sparkline.text(values) == Self.naive(values), "\(values)")
  }

  @Test("the edges") func edges() {
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.text([0, 0]) == "▁▁")
    #expect(Sparkline.text([5]) == "█")
    #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text(Array(0..<1000)).count == Sparkline.width)
  }
}
