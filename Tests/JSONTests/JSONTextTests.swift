import Bytes
import JSON
import TestSupport
import Testing

@Suite struct JSONTextTests {
  static func text(_ plain: Plain) -> String {
    switch plain {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .signed(let value): return "\(value)"
    case .unsigned(let value): return "\(value)"
    case .double(let value): return "\(value)"
    case .string(let value):
      var out = ByteBuffer()
      let bytes = Array(value.utf8)
      out.append(jsonString: bytes.span)
      return out.span.text
    case .array(let list): return "[ " + list.map(text).joined(separator: " , ") + "\n]"
    case .object(let list):
      return "{" + list.map { text(.string($0.0)) + " : " + text($0.1) }.joined(separator: ",\t") + "}"
    }
  }

  @Test("what is written compactly reads back as the same value", arguments: 0..<200) func roundTrip(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let plain = Plain.random(4, &random)
    let spread = Self.text(plain)
    #expect(try Plain.read(spread) == plain)
    var buffer = ByteBuffer()
    buffer.append(string: spread)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    var compact = ByteBuffer()
    JSONText.append(parser.root, to: &compact)
    #expect(try Plain.read(compact.span.text) == plain)
    #expect(compact.count <= buffer.count)
  }

  @Test("blanks go, the order of members stays") func compact() throws {
    var buffer = ByteBuffer()
    buffer.append("{ \"b\" : [ 1 , 2 ] , \"a\" : { } }")
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    var out = ByteBuffer()
    JSONText.append(parser.root, to: &out)
    #expect(out.span.text == #"{"b":[1,2],"a":{}}"#)
  }
}
