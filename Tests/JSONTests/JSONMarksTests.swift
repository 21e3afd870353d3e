import Bytes
import JSON
import TestSupport
import Testing

@Suite struct JSONMarksTests {
  @Test("there is a mark at each quote, backslash and control character and nowhere else", arguments: 0..<20)
  func places(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var marks = JSONMarks()
    for count in (0..<140).shuffled(using: &random) {
      let bytes = (0..<count).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0..<0x80, using: &random)
          : [0x22, 0x5C, 0x00, 0x1F, 0x20, 0x21, 0x7F].randomElement(using: &random) ?? 0
      }
      let isText = marks.find(in: bytes.span)
      #expect(isText)
      let found = marks.span
      for place in 0..<(count / 64 + 1) * 64 {
        let isMark =
          place < count && (bytes[place] < 0x20 || bytes[place] == 0x22 || bytes[place] == 0x5C)
        #expect(found[place / 64] >> UInt64(place % 64) & 1 == (isMark ? 1 : 0))
      }
    }
  }

  @Test("bytes that are not UTF-8 are told, wherever they stand", arguments: [0, 15, 16, 63, 64, 100])
  func utf8(place: Int) {
    var marks = JSONMarks()
    for (piece, isText) in [
      ([0xC3, 0xA9], true), ([0xFF], false), ([0xC3], false), ([0xED, 0xA0, 0x80], false),
    ]
      as [([UInt8], Bool)]
    {
      var bytes = [UInt8](repeating: 0x61, count: 101)
      bytes.replaceSubrange(place..<place + 1, with: piece)
      let found = marks.find(in: bytes.span)
      #expect(found == isText)
    }
  }
}
