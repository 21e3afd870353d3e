package import Bytes

/// A mapped archive whose checksums nobody has looked at yet: only its member `header`, which vouches for itself, may be
/// read, so that a segment of a newer version is told from a damaged one. The rest is for `SegmentArchive`.
package struct MappedArchive: Sendable {
  /// The file, for messages.
  package let file: String
  /// Bytes of the file.
  package let fileSize: Int
  fileprivate let parts: [String: MappedBytes]
  fileprivate let expected: Manifest.Segment?

  /// Maps the segment at `path`. - Parameter expected: what a manifest says of it.
  ///
  /// - Throws: `SystemError` when it cannot be read, `SegmentError` when it is damaged.
  package init(_ path: String, expected: Manifest.Segment? = nil) throws {
    file = path
    self.expected = expected
    let tar = try MappedBytes(file: path)
    fileSize = tar.count
    if let expected, expected.size != tar.count {
      throw SegmentError.corrupt(
        file: path, member: "", offset: 0,
        reason: "\(tar.count) bytes, the manifest says \(expected.size)")
    }
    var parts: [String: MappedBytes] = [:]
    for member in try TarIndex.read(tar, file: path) { parts[member.name] = tar.part(member.range) }
    self.parts = parts
  }

  /// The bytes of the member `header`. - Throws: `.corrupt` when there is none.
  package func header() throws(SegmentError) -> MappedBytes { try part("header") }

  fileprivate func part(_ name: String) throws(SegmentError) -> MappedBytes {
    guard let bytes = parts[name] else { throw corrupt(name, "the member is missing") }
    return bytes
  }

  fileprivate func corrupt(_ member: String, _ reason: String) -> SegmentError {
    .corrupt(file: file, member: member, offset: 0, reason: reason)
  }
}

/// An opened segment, whatever its members mean: they are those asked for, their sizes are those of the checksum table,
/// the table is the one that the manifest names, and their data is verified when read. Shared by threads.
package struct SegmentArchive: Sendable {
  /// The file, for messages.
  package let file: String
  /// Bytes of the file.
  package let fileSize: Int
  /// The last eight bytes of the checksum table: what a manifest knows the segment by.
  package let checksum: UInt64
  private let members: [(name: String, checked: CheckedMember)]

  /// Opens `archive`, which must hold `names` and the checksum table, and nothing else. - Throws: `.corrupt`.
  package init(_ archive: MappedArchive, members names: [String]) throws(SegmentError) {
    file = archive.file
    fileSize = archive.fileSize
    let table = try archive.part(ChecksumTable.member)
    let entries = try ChecksumTable.decode(table, file: archive.file)
    checksum = table.load(table.count - 8, as: UInt64.self)
    if let expected = archive.expected, checksum != expected.checksum {
      throw archive.corrupt(ChecksumTable.member, "another segment than the manifest names")
    }
    var members: [(name: String, checked: CheckedMember)] = []
    for name in names {
      let bytes = try archive.part(name)
      guard let entry = entries.first(where: { $0.name == name }) else {
        throw archive.corrupt(name, "the member is missing")
      }
      guard bytes.count == entry.size else {
        throw archive.corrupt(name, "\(bytes.count) bytes, the checksum table says \(entry.size)")
      }
      members.append((name, CheckedMember(bytes, sums: entry.blocks, file: archive.file, name: name)))
    }
    guard entries.count == members.count, archive.parts.count == members.count + 1 else {
      throw archive.corrupt(ChecksumTable.member, "members that no segment has")
    }
    self.members = members
  }

  /// A member by name. - Throws: `.corrupt` when it was not asked for.
  package func member(_ name: String) throws(SegmentError) -> CheckedMember {
    guard let found = members.first(where: { $0.name == name }) else {
      throw .corrupt(file: file, member: name, offset: 0, reason: "the member is missing")
    }
    return found.checked
  }

  /// Every member with its size, in the file's order.
  package var sizes: [(name: String, bytes: Int)] { members.map { ($0.name, $0.checked.count) } }

  /// Verifies every data block.
  package func checkAll() throws(SegmentError) {
    for member in members { try member.checked.checkAll() }
  }
}
