internal import Bytes
internal import CommitWriting
internal import SearchIndex

extension SegmentArchiveWriter {
  /// Adds a member of a segment of the index.
  mutating func add(_ member: SegmentFormat.Member, _ bytes: Span<UInt8>) throws(SystemError) {
    try add(member.rawValue, bytes)
  }

  /// Adds a member that was staged.
  mutating func add(_ member: SegmentFormat.Member, _ staged: StagedMember) throws(SystemError) {
    try add(member.rawValue, size: staged.count) { (write) throws(SystemError) in try staged.read(write) }
  }

  /// Adds a column that is finished.
  mutating func add(
    _ member: SegmentFormat.Member, _ column: borrowing PackedColumnWriter
  ) throws(SystemError) {
    try add(member.rawValue, column)
  }

  /// Adds a column that is finished, under a name.
  mutating func add(_ name: String, _ column: borrowing PackedColumnWriter) throws(SystemError) {
    try add(name, size: column.table.count + column.bits.count) { (write) throws(SystemError) in
      try write(column.table.span)
      try write(column.bits.span)
    }
  }

  /// Adds a string table that is finished.
  mutating func add(
    _ member: SegmentFormat.Member, _ strings: borrowing StringTableWriter
  ) throws(SystemError) {
    try add(member.rawValue, size: strings.table.count + strings.bytes.count) { (write) throws(SystemError) in
      try write(strings.table.span)
      try write(strings.bytes.span)
    }
  }
}
