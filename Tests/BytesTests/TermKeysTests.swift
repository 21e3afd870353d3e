import Bytes
import TestSupport
import Testing

@Suite struct TermKeysTests {
  @Test(
    "terms get the numbers that they get one by one, wherever they lie and however long they are",
    arguments: 0..<4)
  func numbers(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var keys = TermKeys()
    var one = TermTable(capacity: 16)
    var all = TermTable(capacity: 16)
    for _ in 0..<3 {
      keys.removeAll()
      var wanted: [UInt32] = []
      for _ in 0..<2000 {
        let size = Int.random(in: 1...40, using: &random)
        let text = (0..<size + 9).map { _ in UInt8.random(in: 0x61...0x62, using: &random) }
        let start = Int.random(in: 0...9, using: &random)
        let field = UInt8.random(in: 0..<3, using: &random)
        keys.append(field, text.span, start, count: size)
        wanted.append(UInt32(one.insert(field, text.span.extracting(start..<start + size))))
      }
      var found: [UInt32] = []
      all.insert(keys, into: &found)
      #expect(found == wanted)
      let count = keys.count
      #expect(count == 2000)
    }
    let names = (0..<all.count).map { all.copy($0) }
    #expect(names == (0..<one.count).map { one.copy($0) })
  }
}
