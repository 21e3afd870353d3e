package import Bytes

// The member `checksums`: what every other member must be.
//
//   u32 count; per member: u32 bytes of its name, its name, u64 size, u64 XXH3 of all its bytes,
//   u64 XXH3 of each block of 65,536 bytes (the last may be shorter); at the end u64 XXH3 of all before it
/// Collects the checksums of members.
package struct ChecksumTable: ~Copyable {
  /// Bytes of a data block: each has a checksum of its own.
  package static var block: Int { CheckedMember.block }
  /// The member that a table is written as.
  package static let member = "checksums"

  private var entries = ByteBuffer()
  private var count: UInt32 = 0
  // Of the member that is being added: its sum, its bytes, the sums of its whole blocks, and the bytes behind them.
  private var sum = RunningChecksum()
  private var size = 0
  private var blocks = ByteBuffer()
  private var rest = ByteBuffer()

  package init() {}

  /// Adds a member.
  package mutating func add(_ name: String, _ bytes: Span<UInt8>) {
    add(bytes)
    end(name)
  }

  /// Adds a piece of the member that `end` names.
  package mutating func add(_ piece: Span<UInt8>) {
    sum.add(piece)
    size += piece.count
    var start = 0
    while start < piece.count {
      let end = min(start + Self.block - rest.count, piece.count)
      if rest.isEmpty, end - start == Self.block {
        blocks.append(littleEndian: Checksum.xxh3(piece.extracting(start..<end)))
      } else {
        rest.append(piece.extracting(start..<end))
        if rest.count == Self.block { endBlock() }
      }
      start = end
    }
  }

  private mutating func endBlock() {
    let sum = Checksum.xxh3(rest.span)
    blocks.append(littleEndian: sum)
    rest.removeAll()
  }

  /// Ends the member whose pieces were added.
  package mutating func end(_ name: String) {
    if !rest.isEmpty { endBlock() }
    count += 1
    entries.append(littleEndian: UInt32(name.utf8.count))
    entries.append(string: name)
    entries.append(littleEndian: UInt64(size))
    entries.append(littleEndian: sum.value)
    entries.append(contentsOf: blocks)
    sum.removeAll()
    size = 0
    blocks.removeAll()
  }

  /// The member's bytes.
  package func encoded() -> ByteBuffer {
    var out = ByteBuffer(capacity: entries.count + 16)
    out.append(littleEndian: count)
    out.append(contentsOf: entries)
    let sum = Checksum.xxh3(out.span)
    out.append(littleEndian: sum)
    return out
  }

  /// What a table says of one member.
  package struct Entry: Sendable {
    package var name: String
    package var size: Int
    package var checksum: UInt64
    /// The sums of its blocks, inside the table.
    package var blocks: MappedBytes
  }

  /// Reads a table and checks its own sum. - Throws: `.corrupt`.
  package static func decode(_ table: MappedBytes, file: String) throws(SegmentError) -> [Entry] {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: member, offset: offset, reason: reason)
    }
    guard table.count >= 12 else { throw corrupt(0, "shorter than a checksum table") }
    let body = table.count - 8
    guard Checksum.xxh3(table.span(0..<body)) == table.load(body, as: UInt64.self) else {
      throw corrupt(body, "the table's own checksum does not match")
    }
    var entries: [Entry] = []
    var offset = 4
    for _ in 0..<table.load(0, as: UInt32.self) {
      guard offset + 4 <= body else { throw corrupt(offset, "an entry is cut") }
      let length = Int(table.load(offset, as: UInt32.self))
      offset += 4
      guard length <= 255, offset + length + 16 <= body else { throw corrupt(offset, "an entry is cut") }
      let name = table.span(offset..<offset + length).text
      offset += length
      let size = table.load(offset, as: UInt64.self)
      let checksum = table.load(offset + 8, as: UInt64.self)
      offset += 16
      guard size <= UInt64(Int.max / 2) else { throw corrupt(offset, "a member of \(size) bytes") }
      let blocks = (Int(size) + block - 1) / block
      guard blocks <= (body - offset) / 8, let sums = table.part(offset..<offset + blocks * 8) else {
        throw corrupt(offset, "an entry is cut")
      }
      offset += blocks * 8
      entries.append(Entry(name: name, size: Int(size), checksum: checksum, blocks: sums))
    }
    return entries
  }
}
