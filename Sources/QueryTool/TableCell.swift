internal import Bytes

/// Cells of CSV and TSV.
extension ByteBuffer {
  /// Appends a cell. RFC 4180 for CSV; in TSV tabs and newlines become \t and \n, as in Miller and PostgreSQL.
  mutating func append(cell text: Span<UInt8>, isCSV: Bool) {
    var needsQuotes = false
    for index in 0..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13 {
        needsQuotes = true
      }
    }
    if isCSV && needsQuotes { append(UInt8(ascii: "\"")) }
    for index in 0..<text.count {
      let byte = text[index]
      if isCSV {
        if byte == UInt8(ascii: "\"") { append(byte) }
        append(byte)
      } else {
        switch byte {
        case 9: append("\\t")
        case 10: append("\\n")
        case 13: append("\\r")
        case UInt8(ascii: "\\"): append("\\\\")
        default: append(byte)
        }
      }
    }
    if isCSV && needsQuotes { append(UInt8(ascii: "\"")) }
  }
}
