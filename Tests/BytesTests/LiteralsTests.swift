import Bytes
import Testing

@Suite struct LiteralsTests {
  static let literals: [StaticString] = [
    "a", "ab", "abc", "abcd", "abcde", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop",
    "abcdefghijklmnopq",
    "abcdefghijklmnopqrstuvwxy",
  ]

  @Test("a literal is found where it stands whole", arguments: 0..<11) func found(number: Int) {
    let literal = Self.literals[number]
    let own = Array(literal.description.utf8)
    for before in 0..<3 {
      for after in 0..<3 {
        let bytes = [UInt8](repeating: 0x2E, count: before) + own + [UInt8](repeating: 0x2E, count: after)
        for place in 0...bytes.count {
          let isThere = bytes.span.has(literal, at: place)
          #expect(isThere == (place == before))
        }
      }
    }
  }

  @Test("every byte of it counts", arguments: 0..<11) func bytes(number: Int) {
    let literal = Self.literals[number]
    for place in 0..<literal.utf8CodeUnitCount {
      var bytes = Array(literal.description.utf8)
      bytes[place] ^= 0x20
      let isThere = bytes.span.has(literal, at: 0)
      #expect(!isThere)
    }
  }

  @Test("behind the end there is none") func behind() {
    let bytes: [UInt8] = [0x61]
    #expect(!bytes.span.has("a", at: 2) && !bytes.span.has("", at: 0))
  }
}
