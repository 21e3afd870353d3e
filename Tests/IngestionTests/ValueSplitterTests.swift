import Testing

@testable import Ingestion

/// Cutting text into values, at once and byte by byte.
@Suite struct ValueSplitterTests {
  private func pieces(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var splitter = ValueSplitter()
    var found: [String] = []
    while true {
      switch splitter.next(bytes.span, rest: .none) {
      case .value(let range): found.append(String(decoding: bytes[range], as: UTF8.self))
      case .cut(let range): found.append("cut:" + String(decoding: bytes[range], as: UTF8.self))
      case .incomplete, .end: return found
      }
    }
  }

  static let texts = [
    "{\"a\":1}\n{\"b\":2}", "[{\"a\":1},2,\"x\"]", "{\"a\":\n [1,\n2]}{\"b\":2}", "[1,2",
    "{\"a\":\"\\\"}\"} 5\n",
    "{\"a\":1,}\n{\"b\":2}\n", "[{\"a\":},{\"b\":2}]", "var x = [1]", "\u{FEFF}1",
  ]

  @Test("values are found whatever their layout")
  func whole() {
    #expect(pieces("{\"a\":1}\n{\"b\":2}") == ["{\"a\":1}", "{\"b\":2}"])
    #expect(pieces("[{\"a\":1},2,\"x\"]") == ["{\"a\":1}", "2", "\"x\""])
    #expect(pieces("[1,{\"a\":") == ["1", "cut:{\"a\":"])
    #expect(pieces("[{\"a\":},{\"b\":2}]") == ["{\"a\":}", "{\"b\":2}"])
    #expect(pieces("window.YTD.tweets.part0 = [1] ; [2]") == ["1", "2"])
  }

  @Test("bytes that come one by one give the same pieces", arguments: texts)
  func resumed(text: String) {
    let bytes = Array(text.utf8)
    var splitter = ValueSplitter()
    var found: [String] = []
    var count = 0
    while true {
      let rest: ValueSplitter.Rest = count == bytes.count ? .none : .more
      let piece = splitter.next(bytes.span.extracting(0..<count), rest: rest)
      if case .value(let range) = piece {
        found.append(String(decoding: bytes[range], as: UTF8.self))
      } else if case .cut(let range) = piece {
        found.append("cut:" + String(decoding: bytes[range], as: UTF8.self))
      } else if count == bytes.count {
        break
      } else {
        count += 1
      }
    }
    #expect(found == pieces(text))
  }
}
