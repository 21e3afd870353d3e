import TestSupport
import Testing
import YAML

@Suite struct YAMLDocumentTests {
  static let document = YAMLDocument(name: "list", beginning: "names:")

  static func complaint(_ text: String) -> String {
    do throws(Fault) {
      _ = try document.parse(Array(text.utf8))
      return "none"
    } catch { return error.text(file: "f") }
  }

  @Test("nodes have the places of the file, in code points") func marks() throws {
    let root = try Self.document.parse(Array("é: x\nnames: [ä, \"b\"]\n".utf8))
    guard case .mapping(let entries) = root.value, case .sequence(let items) = entries[1].value.value else {
      Issue.record("no map of lists")
      return
    }
    #expect(entries.map(\.key) == ["é", "names"] && entries[0].value.mark == Mark(line: 1, column: 4))
    #expect(items.map(\.mark) == [Mark(line: 2, column: 9), Mark(line: 2, column: 12)])
    #expect(items.map(\.kind) == ["\"ä\"", "\"b\""])
  }

  @Test("messages speak of the file that was expected") func names() {
    #expect(Self.complaint("") == "f:1:1: expected names:, found an empty file")
    #expect(
      Self.complaint("a: b\n---\nc: d\n")
        == "f:2:1: expected the end of the file, found a second document; one file is one list")
    #expect(
      Self.complaint("a: *b\n")
        == "f:1:4: expected a value, found the alias *b; anchors and aliases are not supported: write the value out"
    )
    #expect(Self.complaint("a: b\na: c\n").hasSuffix("found \"a\" again; it was given in line 1"))
  }

  @Test("random bytes are nodes or a fault with its place", arguments: 0..<200) func hostile(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let signs = Array("{}[]:,&*!|>'\"%@`#-? \n\tab".utf8)
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        Int.random(in: 0..<8, using: &random) == 0
          ? UInt8.random(in: 0...255, using: &random) : signs.randomElement(using: &random) ?? 0
      }
      do throws(Fault) { _ = try Self.document.parse(bytes) } catch { #expect(error.mark != nil) }
    }
  }
}
