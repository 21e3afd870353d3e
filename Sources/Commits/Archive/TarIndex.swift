package import Bytes

/// Where the members of a mapped tar lie. Reads what our writer writes (ustar headers, pax headers for large members) and
/// refuses all else: links, devices, odd names, sizes that do not fit, a missing end.
package enum TarIndex {
  /// The members in order. - Throws: `.corrupt`.
  package static func read(_ tar: MappedBytes, file: String) throws(SegmentError) -> [(
    name: String, range: Range<Int>
  )] {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: "", offset: offset, reason: reason)
    }
    var members: [(name: String, range: Range<Int>)] = []
    var offset = 0
    var largeSize: Int?
    while true {
      guard offset + 512 <= tar.count else { throw corrupt(offset, "the archive is cut: expected a header") }
      let header = tar.span(offset..<offset + 512)
      if header[0] == 0 { break }
      guard checksumHolds(header) else { throw corrupt(offset, "a header's checksum does not match") }
      guard let declared = octal(header, 124, 12) else {
        throw corrupt(offset + 124, "a size that is no number")
      }
      let size = largeSize ?? declared
      let start = offset + 512
      guard size >= 0, size <= tar.count - start else {
        throw corrupt(offset, "the archive is cut: a member of \(size) bytes")
      }
      let kind = header[156]
      if kind == UInt8(ascii: "x") {
        guard size <= 1 << 16, let found = paxSize(tar.span(start..<start + size)) else {
          throw corrupt(offset, "an extended header without a size")
        }
        largeSize = found
      } else {
        guard kind == UInt8(ascii: "0") else { throw corrupt(offset, "a member that is no plain file") }
        let name = name(header)
        guard !members.contains(where: { $0.name == name }) else {
          throw corrupt(offset, "member \(name) stands twice")
        }
        guard members.count < 64 else { throw corrupt(offset, "more members than a segment has") }
        members.append((name, start..<start + size))
        largeSize = nil
      }
      offset = start + (size + 511) / 512 * 512
    }
    return members
  }

  // The sum of the header's bytes, its own field counted as spaces (POSIX ustar).
  private static func checksumHolds(_ header: Span<UInt8>) -> Bool {
    var sum = 0
    for index in 0..<512 { sum += index >= 148 && index < 156 ? 32 : Int(header[index]) }
    return octal(header, 148, 8) == sum
  }

  private static func octal(_ header: Span<UInt8>, _ start: Int, _ width: Int) -> Int? {
    var value = 0
    var seen = false
    for index in start..<start + width {
      let byte = header[index]
      if byte == 0 || byte == 32 { if seen { break } else { continue } }
      guard byte >= 48, byte <= 55 else { return nil }
      value = value << 3 | Int(byte - 48)
      seen = true
    }
    return seen ? value : nil
  }

  private static func name(_ header: Span<UInt8>) -> String {
    var end = 0
    while end < 100, header[end] != 0 { end += 1 }
    return header.extracting(0..<end).text
  }

  // Records "LENGTH key=value\n"; only `size` matters.
  private static func paxSize(_ body: Span<UInt8>) -> Int? {
    for line in body.text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2, parts[1].hasPrefix("size=") { return Int(parts[1].dropFirst(5)) }
    }
    return nil
  }
}
