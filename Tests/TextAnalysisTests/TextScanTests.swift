import Bytes
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct TextScanTests {
  @Test("bits, small letters and signs are those of a plain loop", arguments: 0..<200) func plain(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let count = Int(seed)
    let text = (0..<count).map { _ in
      UInt8.random(in: Bool.random(using: &random) ? 0...255 : 32...122, using: &random)
    }
    var scan = TextScan()
    scan.scan([UInt8](repeating: 0xFF, count: 300).span)
    scan.scan(text.span)
    func isWord(_ byte: UInt8) -> Bool { TagScanner.isHandle(byte) }
    for start in 0..<count {
      let content = text.indices.first { $0 >= start && (isWord(text[$0]) || text[$0] >= 0x80) } ?? count
      #expect(scan.content(from: start, limit: count) == content)
      let end = text.indices.first { $0 >= start && !isWord(text[$0]) } ?? count
      #expect(scan.wordEnd(from: start, limit: count) == end)
      #expect(scan.lower.span[start] == lowered(text[start]))
    }
    #expect(scan.signs.dot == text.contains(0x2E) && scan.signs.at == text.contains(0x40))
    #expect(scan.signs.hash == text.contains(0x23) && scan.signs.dollar == text.contains(0x24))
    #expect(scan.signs.fullwidth == text.contains(0xEF))
  }
}
