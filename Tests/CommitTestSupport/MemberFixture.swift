internal import Bytes
package import Commits
internal import TestSupport

/// A member with sums that fit, out of bytes.
package func checkedMember(_ bytes: [UInt8], name: String = "test") throws -> CheckedMember {
  let folder = TemporaryDirectory()
  var file = ByteBuffer()
  var sums = 0
  for start in stride(from: 0, to: bytes.count, by: ChecksumTable.block) {
    let end = min(start + ChecksumTable.block, bytes.count)
    file.append(littleEndian: Checksum.xxh3(bytes.span.extracting(start..<end)))
    sums += 8
  }
  file.append(bytes.span)
  let mapped = try MappedBytes(file: try folder.write(file.span.array, to: "member"))
  guard let content = mapped.part(sums..<sums + bytes.count), let table = mapped.part(0..<sums) else {
    throw DecodeError.truncated(offset: 0, needed: sums)
  }
  return CheckedMember(content, sums: table, file: "file", name: name)
}

/// Whether `body` throws a `SegmentError`, and nothing else.
package func refuses(_ body: () throws -> Void) -> Bool {
  do {
    try body()
    return false
  } catch { return error is SegmentError }
}
