internal import Bytes

/// Damages the bytes of a segment, with or without making its checksums fit again.
public struct SegmentSurgery: Sendable {
  /// One member.
  public struct Member: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Where its bytes lie in the file.
    public var range: Range<Int>
  }

  /// The file as it was.
  public let bytes: [UInt8]
  /// Its members, in order.
  public let members: [Member]

  /// A plain reading of a tar: ustar headers with octal sizes, and nothing else.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var members: [Member] = []
    var offset = 0
    while offset + 512 <= bytes.count, bytes[offset] != 0 {
      let name = bytes[offset..<offset + 100].prefix { $0 != 0 }
      let size =
        Int(String(decoding: bytes[offset + 124..<offset + 135], as: UTF8.self).trimmed, radix: 8) ?? 0
      members.append(
        Member(name: String(decoding: name, as: UTF8.self), range: offset + 512..<offset + 512 + size))
      offset += 512 + (size + 511) / 512 * 512
    }
    self.members = members
  }

  /// A member by name.
  public func member(_ name: String) -> Member? { members.first { $0.name == name } }

  /// `damaged`, which must be as long as the file was, with all sums made to fit: of header, members and table.
  public func repaired(_ damaged: [UInt8]) -> [UInt8] {
    var out = damaged
    if let header = member("header"), header.range.count > 8 { Self.seal(&out, header.range) }
    guard let table = member("checksums") else { return out }
    var place = table.range.lowerBound + 4
    for member in members where member.name != "checksums" {
      place += 4 + member.name.utf8.count + 8
      Self.store(Self.sum(out, member.range), at: place, &out)
      place += 8
      var start = member.range.lowerBound
      while start < member.range.upperBound {
        let end = min(start + 65_536, member.range.upperBound)
        Self.store(Self.sum(out, start..<end), at: place, &out)
        place += 8
        start = end
      }
    }
    Self.seal(&out, table.range)
    return out
  }

  /// The sum by which a manifest knows the segment.
  public func checksum(_ file: [UInt8]) -> UInt64 {
    guard let table = member("checksums"), table.range.upperBound <= file.count else { return 0 }
    return (0..<8).reduce(UInt64(0)) { $0 | UInt64(file[table.range.upperBound - 8 + $1]) << UInt64(8 * $1) }
  }

  /// XXH3 of a part.
  public static func sum(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    Checksum.xxh3(bytes.span.extracting(range))
  }

  // The last eight bytes of a part are the sum of those before.
  private static func seal(_ bytes: inout [UInt8], _ range: Range<Int>) {
    store(sum(bytes, range.lowerBound..<range.upperBound - 8), at: range.upperBound - 8, &bytes)
  }

  private static func store(_ value: UInt64, at place: Int, _ bytes: inout [UInt8]) {
    for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
  }
}

extension String {
  fileprivate var trimmed: String { String(self.drop { $0 == " " }.prefix { $0 >= "0" && $0 <= "7" }) }
}
