public import Bytes

/// Writing a parsed value back as compact JSON.
public enum JSONText {
  /// Appends `value`, members in their order. Depth is bounded by the parser's. - Complexity: O(n).
  public static func append(_ value: borrowing JSONValue, to out: inout ByteBuffer) {
    switch value.kind {
    case .object:
      out.append(UInt8(ascii: "{"))
      var cursor = value.cursor
      var isFirst = true
      while let member = cursor.nextMember() {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        out.append(jsonString: member.key)
        out.append(UInt8(ascii: ":"))
        append(member.value, to: &out)
      }
      out.append(UInt8(ascii: "}"))
    case .array:
      out.append(UInt8(ascii: "["))
      var cursor = value.cursor
      var isFirst = true
      while let element = cursor.next() {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        append(element, to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .string: out.append(jsonString: value.string)
    case .signed: out.append(decimal: value.signed ?? 0)
    case .unsigned: out.append(decimal: value.unsigned ?? 0)
    case .double: out.append(number: value.number ?? 0)
    case .bool: out.append(value.bool == true ? "true" : "false")
    case .null: out.append("null")
    }
  }
}
