import Bytes
import Records
import Testing

@Suite struct TokenListTests {
  @Test("terms stand at their positions, several at one allowed, empty ones dropped") func positions() {
    var list = TokenList()
    func add(_ text: String, same: Bool = false) {
      let bytes = Array(text.utf8)
      list.append(bytes.span, samePosition: same)
    }
    add("first", same: true)  // there is no position to share yet
    add("second")
    add("")
    add("twin", same: true)
    add("third")
    #expect(list.count == 4 && list.length == 3)
    #expect(list.tokens.map(\.position) == [0, 1, 1, 2])
    let terms = (0..<4).map { list.term($0).array }
    #expect(terms == ["first", "second", "twin", "third"].map { Array($0.utf8) })
    list.removeAll()
    #expect(list.count == 0 && list.length == 0)
  }
}
