import Bytes
import JSON
import Records
import Testing

@Suite struct RecordIDTests {
  @Test(
    "an id is 1 to 2^63-1 in plain digits",
    arguments: [
      ("1", 1), ("9223372036854775807", UInt64(Int64.max)),
      ("1034898743869534208", 1_034_898_743_869_534_208),
      ("0", nil), ("", nil), ("01", nil), ("-1", nil), ("+1", nil), ("1.0", nil), ("1e3", nil), (" 1", nil),
      ("1 ", nil),
      ("9223372036854775808", nil), ("9999999999999999999", nil), ("18446744073709551616", nil),
      ("99999999999999999999", nil),
      ("１", nil), ("0x1", nil),
    ] as [(String, UInt64?)]) func text(text: String, expected: UInt64?)
  {
    let bytes = Array(text.utf8)
    #expect(RecordID.parse(bytes.span) == expected)
  }

  @Test(
    "as JSON it may be a string or a whole number",
    arguments: [
      ("\"12\"", 12), ("12", 12), ("9223372036854775807", UInt64(Int64.max)), ("9223372036854775808", nil),
      ("0", nil),
      ("-1", nil), ("1.0", nil), ("1e3", nil), ("true", nil), ("null", nil), ("[1]", nil), ("\"\"", nil),
      ("9007199254740993", 9_007_199_254_740_993),
    ] as [(String, UInt64?)]) func json(text: String, expected: UInt64?) throws
  {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    let found = RecordID.parse(parser.root)
    #expect(found == expected)
  }
}
