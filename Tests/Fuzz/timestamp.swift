import Bytes

@testable import Records

/// Times: what is read is written as a time that reads back as the same.
func fuzz(_ bytes: [UInt8]) {
  guard let time = Timestamp.parse(bytes.span) else { return }
  var text = ByteBuffer()
  Timestamp.append(time, to: &text)
  require(Timestamp.parse(text.span) == time, "\(time) does not read back from \(text.span.text)")
}
