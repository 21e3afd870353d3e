import Testing
import YAML

@Suite struct NodeReaderTests {
  static func entries(_ text: String) throws -> [YAMLEntry] {
    let root = try YAMLDocument(name: "list", beginning: "a:").parse(Array(text.utf8))
    guard case .mapping(let entries) = root.value else { return [] }
    return entries
  }

  @Test("an unknown key is answered with the nearest known one") func unknown() throws {
    var reader = NodeReader()
    for entry in try Self.entries("reasom: x\n") { reader.unknown(entry, ["term", "reason"]) }
    #expect(
      reader.faults.map { $0.text(file: "f") } == [
        "f:1:1: expected one of term, reason, found \"reasom\"; did you mean reason?"
      ])
  }

  @Test("a text is taken as it is written; nothing, lists and maps are faults") func texts() throws {
    var reader = NodeReader()
    let texts = try Self.entries("a: 012\nb: no\nc:\nd: []\ne: {}\nf: ''\n").map {
      reader.text($0.value, "a name", hint: "quote it").text
    }
    #expect(texts == ["012", "no", "", "", "", ""])
    #expect(reader.faults.map(\.found) == ["nothing", "a list", "a map", "\"\""])
    #expect(reader.faults.map(\.mark?.line) == [3, 4, 5, 6])
    #expect(reader.faults.allSatisfy { $0.hint == "quote it" })
  }

  @Test("the place of a code point within a text is known where the text stands as it is") func places()
    throws
  {
    var reader = NodeReader()
    let values = try Self.entries("a: 'b c'\nd: \"e\\tf\"\n").map { reader.text($0.value, "a name") }
    #expect(values[0].mark(at: 2) == Mark(line: 1, column: 7))
    #expect(values[1].mark(at: 2) == Mark(line: 2, column: 4))
  }
}
