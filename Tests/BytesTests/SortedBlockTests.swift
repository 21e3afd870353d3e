import Bytes
import TestSupport
import Testing

@Suite struct SortedBlockTests {
  @Test("the place found is the first that is not below the target, or the last one", arguments: 0..<20)
  func places(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let filled = seed == 0 ? 128 : Int.random(in: 0...128, using: &random)
    var numbers = (0..<filled).map { _ in UInt32.random(in: 0..<500, using: &random) }.sorted()
    numbers += [UInt32](repeating: .max, count: 128 - filled)
    for target in Array(0..<502) + [UInt32.max - 1, .max] {
      let expected = numbers.firstIndex { $0 >= target } ?? 127
      #expect(SortedBlock.slot(of: target, in: numbers.span) == expected, "\(target)")
    }
  }

  @Test("another number of them ends the process") func short() async {
    await #expect(processExitsWith: .failure) {
      let numbers = [UInt32](repeating: 0, count: 127)
      _ = SortedBlock.slot(of: 1, in: numbers.span)
    }
  }
}
