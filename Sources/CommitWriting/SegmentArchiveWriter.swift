package import Bytes
internal import Commits

/// Writes a segment: a plain pax tar whose members begin at multiples of 512. The last member, `checksums`, is added by
/// `commit`.
package struct SegmentArchiveWriter: ~Copyable {
  private var tar: TarWriter
  private var sums = ChecksumTable()

  /// Starts the segment at `path`. - Throws: `SystemError`.
  package init(_ path: String) throws(SystemError) { tar = try TarWriter(path) }

  /// Adds a member.
  package mutating func add(_ name: String, _ bytes: Span<UInt8>) throws(SystemError) {
    sums.add(name, bytes)
    try tar.add(name, bytes)
  }

  /// Adds a member of `size` bytes that come piece by piece: `pieces` hands each to its argument.
  ///
  /// - Throws: `SystemError`, and what `pieces` throws.
  package mutating func add(
    _ name: String, size: Int, pieces: ((Span<UInt8>) throws(SystemError) -> Void) throws(SystemError) -> Void
  ) throws(SystemError) {
    try tar.begin(name, size: size)
    var left = size
    try pieces { (piece) throws(SystemError) in
      left -= piece.count
      sums.add(piece)
      try tar.write(piece)
    }
    precondition(left == 0, "a member of another size than was said")
    try tar.end()
    sums.end(name)
  }

  /// Ends the archive and makes it durable and visible. - Returns: what a manifest keeps to know it again.
  package consuming func commit() throws(SystemError) -> (size: Int, checksum: UInt64) {
    let table = sums.encoded()
    try tar.add(ChecksumTable.member, table.span)
    let size = try tar.commit()
    return (size, table.span.word(at: table.count - 8))
  }
}
