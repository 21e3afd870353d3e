import Bytes
import JSON
import TestSupport
import Testing

/// A document as plain Swift values.
indirect enum Plain: Equatable {
  case null, bool(Bool), signed(Int64), unsigned(UInt64), double(Double), string(String)
  case array([Plain]), object([(String, Plain)])

  static func == (a: Plain, b: Plain) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.signed(let x), .signed(let y)): x == y
    case (.unsigned(let x), .unsigned(let y)): x == y
    case (.double(let x), .double(let y)): x == y && x.sign == y.sign
    case (.string(let x), .string(let y)): Array(x.utf8) == Array(y.utf8)
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }

  init(_ value: borrowing JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .bool: self = .bool(value.bool == true)
    case .signed: self = .signed(value.signed ?? 0)
    case .unsigned: self = .unsigned(value.unsigned ?? 0)
    case .double: self = .double(value.number ?? 0)
    case .string: self = .string(value.string.text)
    case .array:
      var list: [Plain] = []
      var cursor = value.cursor
      while let element = cursor.next() { list.append(Plain(element)) }
      self = .array(list)
    case .object:
      var list: [(String, Plain)] = []
      var cursor = value.cursor
      while let member = cursor.nextMember() { list.append((member.key.text, Plain(member.value))) }
      self = .object(list)
    }
  }

  static func read(_ text: String) throws -> Plain {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    return Plain(parser.root)
  }

  static func random(_ depth: Int, _ random: inout SeededGenerator) -> Plain {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      return .signed(
        Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<63, using: &random))
    case 3: return .unsigned(UInt64.random(in: UInt64(Int64.max) + 1 ... .max, using: &random))
    case 4:
      let value = Double(bitPattern: random.next())
      return .double(value.isFinite && value != value.rounded() ? value : 0.5)
    case 5: return .string(text(&random))
    case 6:
      return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in Plain.random(depth - 1, &random) })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          (text(&random), Plain.random(depth - 1, &random))
        })
    }
  }

  static func text(_ random: inout SeededGenerator) -> String {
    let pool: [Character] = [
      "a", "b", "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "東", "🐦", "\u{2028}",
      " ",
    ]
    return String(
      (0..<Int.random(in: 0..<20, using: &random)).map { _ in pool.randomElement(using: &random) ?? "a" })
  }
}

@Suite struct JSONValueTests {
  @Test("the tape is walked as the document was written") func walk() throws {
    let found = try Plain.read(#"{"a":[1,-2,2.5,18446744073709551615],"":{},"b":[[],{"c":null}],"a":true}"#)
    #expect(
      found
        == .object([
          ("a", .array([.signed(1), .signed(-2), .double(2.5), .unsigned(.max)])), ("", .object([])),
          ("b", .array([.array([]), .object([("c", .null)])])), ("a", .bool(true)),
        ]))
  }

  @Test(
    "a value of another kind is nil or empty, never a trap",
    arguments: ["{}", "[]", "\"s\"", "1", "-1", "1.5", "true", "null", "18446744073709551615"])
  func otherKinds(text: String) throws {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    let root = parser.root
    let kind = root.kind
    #expect((root.bool != nil) == (kind == .bool))
    #expect((root.number != nil) == (kind == .signed || kind == .unsigned || kind == .double))
    #expect((root.unsigned != nil) == (kind == .unsigned || text == "1"))
    #expect((root.signed != nil) == (kind == .signed))
    #expect(root.string.count == (kind == .string ? 1 : 0))
    var cursor = root.cursor
    let first = cursor.next() == nil
    var members = root.cursor
    let member = members.nextMember() == nil
    #expect(first && member)
  }
}
