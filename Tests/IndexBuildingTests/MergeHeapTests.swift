import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct MergeHeapTests {
  @Test("the first and the second are the least of what is in it, whatever comes and goes", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var heap = MergeHeap<Int>()
    var twin: [Int] = []
    for _ in 0..<200 {
      let value = Int.random(in: 0..<50, using: &random)
      switch twin.isEmpty ? 0 : Int.random(in: 0..<4, using: &random) {
      case 0, 1:
        heap.insert(value)
        twin.append(value)
      case 2:
        heap.replaceFirst(value)
        twin[0] = value
      default:
        heap.removeFirst()
        twin.removeFirst()
      }
      twin.sort()
      #expect(heap.isEmpty == twin.isEmpty)
      if let least = twin.first { #expect(heap.first == least) }
      #expect(heap.second == twin.dropFirst().first)
    }
  }
}
