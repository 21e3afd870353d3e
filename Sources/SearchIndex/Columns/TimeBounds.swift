package import Commits

extension Segment {
  /// Blocks of 128 documents.
  package var blockCount: Int { column(.times).blockCount }

  /// A time that no document of a block is older than, from the tables of the columns alone.
  package func oldestTime(block: Int) throws(SegmentError) -> Int64 {
    // What an id says rises with it: of the least id it is the least.
    let id = UInt64(bitPattern: try column(.ids).leastValue(block: block))
    let (time, overflow) = ColumnTime.time(0, id: id).addingReportingOverflow(
      try column(.times).leastValue(block: block))
    return overflow ? .min : time
  }
}

extension PackedColumnReader {
  /// The least value of a block, read from the table alone.
  func leastValue(block: Int) throws(SegmentError) -> Int64 {
    if let constant { return constant }
    return Int64(bitPattern: try member.load(8 + block * PackedColumn.entry, as: UInt64.self))
  }
}
