public import Bytes
internal import JSON

/// A record of `--rejects`: what was refused, where it stood, why, and its exact bytes.
public struct Reject: Sendable {
  /// The tool that refused it.
  public var program: String
  /// The file, or `-`.
  public var source: String
  /// The member of an archive, or empty.
  public var member: String
  /// The line it began in, from 1.
  public var line: Int
  /// Its first byte, counted from the start of the (unpacked) member.
  public var offset: Int
  /// Why.
  public var rejection: Rejection
  /// The exact input; of one that is too long its first 64 KiB.
  public var raw: [UInt8]

  /// A reject.
  public init(
    program: String, source: String, member: String, line: Int, offset: Int, rejection: Rejection,
    raw: [UInt8]
  ) {
    self.program = program
    self.source = source
    self.member = member
    self.line = line
    self.offset = offset
    self.rejection = rejection
    self.raw = raw
  }

  /// Appends the record and a newline. `raw_base64` takes the place of `raw` where the bytes are not UTF-8.
  public func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"reject\",\"program\":")
    append(program, &out)
    out.append(",\"source\":")
    append(source, &out)
    if !member.isEmpty {
      out.append(",\"member\":")
      append(member, &out)
    }
    out.append(",\"line\":")
    out.append(decimal: Int64(line))
    out.append(",\"offset\":")
    out.append(decimal: Int64(offset))
    out.append(",\"reason\":")
    append(rejection.reason.rawValue, &out)
    out.append(",\"detail\":")
    append(rejection.detail, &out)
    if UTF8Check.firstError(in: raw.span) == nil {
      out.append(",\"raw\":")
      out.append(jsonString: raw.span)
    } else {
      out.append(",\"raw_base64\":\"")
      Base64.append(raw.span, to: &out)
      out.append(UInt8(ascii: "\""))
    }
    out.append("}\n")
  }

  private func append(_ text: String, _ out: inout ByteBuffer) {
    // File and member names may be any bytes; a string repairs them.
    var copy = ByteBuffer(capacity: text.utf8.count)
    copy.append(string: text)
    out.append(jsonString: copy.span)
  }
}
