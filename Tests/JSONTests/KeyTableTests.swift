import Bytes
import JSON
import TestSupport
import Testing

@Suite struct KeyTableTests {
  static let table = KeyTable(["id", "id_str", "a_long_key", "a_long_kez", "a_long_", "", "\u{0}"])

  /// The numbers of an object's keys.
  static func numbers(_ text: String) throws -> [Int] {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    var cursor = parser.root.cursor
    var found: [Int] = []
    while let member = cursor.nextMember() { found.append(table.number(member)) }
    return found
  }

  @Test("known keys have their number, all others −1") func numbers() throws {
    #expect(
      try Self.numbers(
        #"{"id":0,"id_str":0,"a_long_key":0,"a_long_kez":0,"a_long_":0,"":0,"\u0000":0}"#) == [
          0, 1, 2, 3, 4, 5, 6,
        ])
    #expect(
      try Self.numbers(
        #"{"ID":0,"i":0,"id_":0,"id\u0000":0,"a_long_ke":0,"a_long_keyy":0,"\u0000\u0000":0,"b_long_key":0}"#)
        == [Int](repeating: -1, count: 8))
    #expect(try Self.numbers(#"{"\u0069d":0}"#) == [0])
  }

  @Test("random keys are found exactly when they are in the table", arguments: 0..<20) func random(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let names = ["id", "id_str", "a_long_key", "a_long_kez", "a_long_"]
    for _ in 0..<100 {
      var key = Array(names.randomElement(using: &random)?.utf8 ?? "".utf8)
      let place = Int.random(in: 0..<key.count, using: &random)
      if Bool.random(using: &random) { key[place] = UInt8.random(in: 0x61...0x7A, using: &random) }
      if Int.random(in: 0..<4, using: &random) == 0 { key.removeLast() }
      let text = String(decoding: key, as: UTF8.self)
      #expect(try Self.numbers("{\"\(text)\":1}") == [names.firstIndex(of: text) ?? (text.isEmpty ? 5 : -1)])
    }
  }

  @Test("of duplicate keys the last counts, and null counts as absent") func duplicates() throws {
    func fields(_ text: String) throws -> (UInt64?, Bool) {
      var buffer = ByteBuffer()
      buffer.append(string: text)
      var parser = JSONParser()
      try parser.parse(buffer, 0..<buffer.count)
      let fields = JSONFields(parser.root, Self.table)
      return (fields[0]?.unsigned, fields.has(0))
    }
    #expect(try fields(#"{"id":1,"id":2}"#) == (2, true))
    #expect(try fields(#"{"id":1,"id":null}"#) == (nil, false))
    #expect(try fields(#"{"id":null,"id":3}"#) == (3, true))
    #expect(try fields("[1]") == (nil, false))
  }
}
