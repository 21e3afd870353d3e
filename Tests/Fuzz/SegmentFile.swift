import Bytes

@testable import Commits
@testable import SearchIndex

extension SegmentError {
  /// Whether it begins as the contract says.
  var isNamed: Bool {
    message.hasPrefix("corrupt: ") || message.hasPrefix("too-new: ") || message.hasPrefix("too-old: ")
  }
}

/// Segments out of members, with every sum made to fit, so that the readers are tested and not the sums.
enum SegmentFile {
  /// Members of an index in their order, each behind its length in two bytes; what is missing is empty.
  static func build(_ packed: [UInt8]) -> [UInt8] {
    build(packed, members: SegmentFormat.Member.allCases.dropLast().map(\.rawValue))
  }

  /// The same of any members but the checksums; `header` ends with a sum of its own.
  static func build(_ packed: [UInt8], members: [String]) -> [UInt8] {
    var at = 0
    var tar = ByteBuffer(capacity: 1 << 16)
    var sums = ChecksumTable()
    for member in members {
      var length = 0
      if at + 2 <= packed.count {
        length = min(Int(packed[at]) | Int(packed[at + 1]) << 8, packed.count - at - 2)
        at += 2
      }
      var content = Array(packed[at..<at + length])
      at += length
      if member == "header" { seal(&content) }
      sums.add(member, content.span)
      append(member, content.span, &tar)
    }
    let table = sums.encoded()
    append(ChecksumTable.member, table.span, &tar)
    tar.append([UInt8](repeating: 0, count: 1024).span)
    return tar.span.array
  }

  private static func seal(_ header: inout [UInt8]) {
    guard header.count > 8 else { return }
    let body = header.count - 8
    let sum = Checksum.xxh3(header.span.extracting(0..<body))
    for index in 0..<8 { header[body + index] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * index)) }
  }

  private static func append(_ name: String, _ content: Span<UInt8>, _ tar: inout ByteBuffer) {
    var header = [UInt8](repeating: 0, count: 512)
    for (index, byte) in name.utf8.enumerated() { header[index] = byte }
    let size = String(content.count, radix: 8)
    for (index, byte) in size.utf8.enumerated() { header[135 - size.utf8.count + index] = byte }
    for index in 124..<135 - size.utf8.count { header[index] = UInt8(ascii: "0") }
    header[156] = UInt8(ascii: "0")
    sealHeader(&header, 0)
    tar.append(header.span)
    tar.append(content)
    tar.append([UInt8](repeating: 0, count: (512 - content.count % 512) % 512).span)
  }

  /// Makes the checksum of the ustar header at `start` fit.
  static func sealHeader(_ tar: inout [UInt8], _ start: Int) {
    for index in start + 148..<start + 156 { tar[index] = 32 }
    let sum = String(tar[start..<start + 512].reduce(0) { $0 + Int($1) }, radix: 8)
    for (index, byte) in sum.utf8.enumerated() { tar[start + 148 + index] = byte }
  }
}
