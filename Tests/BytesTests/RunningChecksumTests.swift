import Bytes
import TestSupport
import Testing

@Suite struct RunningChecksumTests {
  @Test("pieces of any sizes give the sum of the whole, and again after it begins anew", arguments: 0..<20)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0..<3000, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    var sum = RunningChecksum()
    for _ in 0..<2 {
      sum.removeAll()
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 0..<500, using: &random))
        sum.add(bytes.span.extracting(start..<end))
        start = end
      }
      let value = sum.value
      #expect(value == Checksum.xxh3(bytes.span))
    }
  }
}
