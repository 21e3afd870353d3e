import Bytes
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct StemCacheTests {
  @Test("what is found is what was stored for that word and language") func exact() {
    var random = SeededGenerator(seed: 7)
    var cache = StemCache()
    var known: [[UInt8]: [UInt8]] = [:]
    var hits = 0
    for _ in 0..<20_000 {
      let word = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        UInt8.random(in: 97...102, using: &random)
      }
      let language = UInt8.random(in: 0...2, using: &random)
      var out = ByteBuffer()
      if cache.find(word.span, language, into: &out) {
        hits += 1
        #expect((0..<out.count).map { out.span[$0] } == known[word + [language]])
      } else {
        let stem = ByteBuffer.filled(word.reversed() + [language])
        known[word + [language]] = word.reversed() + [language]
        cache.store(word.span, language, stem: stem)
      }
    }
    #expect(hits > 5_000)
  }

  @Test("long words and stems are not remembered") func long() {
    var cache = StemCache()
    let word = [UInt8](repeating: 97, count: StemCache.longestWord + 1)
    cache.store(word.span, 0, stem: ByteBuffer.filled([97]))
    cache.store([97].span, 0, stem: ByteBuffer.filled(word + word))
    var out = ByteBuffer()
    #expect(cache.find(word.span, 0, into: &out) == false)
    #expect(cache.find([97].span, 0, into: &out) == false)
  }
}

extension ByteBuffer {
  /// A buffer that holds these bytes.
  static func filled(_ bytes: [UInt8]) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.append(bytes.span)
    return buffer
  }
}
