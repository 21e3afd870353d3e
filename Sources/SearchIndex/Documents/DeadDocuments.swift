package import Bytes
internal import Commits

/// The documents of a segment that were replaced or deleted by later commits: a bitmap, never changed.
///
/// On disk an archive with one member, `dead`: u32 documents of the segment, u32 how many are dead, u32 each, rising.
package struct DeadDocuments: Sendable {
  private var words: [UInt64]
  /// How many there are.
  package private(set) var count = 0
  private let documents: Int

  /// None of a segment's `documents`.
  package init(documents: Int) {
    self.documents = documents
    words = [UInt64](repeating: 0, count: (documents + 63) / 64)
  }

  /// Whether a document is dead.
  @inline(__always)
  package func contains(_ document: Int) -> Bool {
    words[document >> 6] & (1 << UInt64(document & 63)) != 0
  }

  /// Marks a document.
  package mutating func insert(_ document: Int) {
    if contains(document) { return }
    words[document / 64] |= 1 << UInt64(document % 64)
    count += 1
  }

  /// The member's bytes.
  package func encoded() -> ByteBuffer {
    var member = ByteBuffer(capacity: 8 + 4 * count)
    member.append(littleEndian: UInt32(documents))
    member.append(littleEndian: UInt32(count))
    for document in 0..<documents where contains(document) { member.append(littleEndian: UInt32(document)) }
    return member
  }

  /// Whether the file at `path` is such a list, and no segment. - Throws: `SystemError`.
  package static func isList(_ path: String) throws(SystemError) -> Bool {
    let tar = try MappedBytes(file: path)
    // Whoever opens it says what is wrong with it.
    return (try? TarIndex.read(tar, file: path))?.first?.name == "dead"
  }

  /// Reads the file at `path`, which belongs to a segment of `documents`.
  static func read(_ path: String, documents: Int) throws -> DeadDocuments {
    let tar = try MappedBytes(file: path)
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: path, member: "dead", offset: offset, reason: reason)
    }
    let members = try TarIndex.read(tar, file: path)
    guard members.count == 2, members[0].name == "dead", members[1].name == "checksums",
      let bytes = tar.part(members[0].range), let table = tar.part(members[1].range)
    else { throw corrupt(0, "expected the members dead and checksums") }
    let entries = try ChecksumTable.decode(table, file: path)
    guard entries.count == 1, entries[0].name == "dead", entries[0].size == bytes.count,
      entries[0].checksum == Checksum.xxh3(bytes.span)
    else { throw corrupt(0, "the checksum does not match") }
    guard bytes.count >= 8, bytes.load(0, as: UInt32.self) == documents,
      bytes.count == 8 + 4 * Int(bytes.load(4, as: UInt32.self))
    else { throw corrupt(0, "a list of another segment, or cut") }
    var dead = DeadDocuments(documents: documents)
    for place in stride(from: 8, to: bytes.count, by: 4) {
      let document = Int(bytes.load(place, as: UInt32.self))
      guard document < documents else { throw corrupt(place, "document \(document) of \(documents)") }
      dead.insert(document)
    }
    return dead
  }
}
