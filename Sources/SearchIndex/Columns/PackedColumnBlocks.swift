internal import Bytes
package import Commits

/// Whole blocks of a column: for walks over all values, which `value` would take three times as long for.
extension PackedColumnReader {
  /// Blocks of 128 values, the last one fewer.
  package var blockCount: Int { (count + SegmentFormat.packedBlock - 1) / SegmentFormat.packedBlock }

  /// Unpacks a block into the beginning of `values`. - Returns: how many values it has. - Throws: `.corrupt`.
  ///
  /// - Complexity: O(128); about 1 ns a value.
  package func read(block: Int, into values: inout [128 of Int64]) throws(SegmentError) -> Int {
    guard block >= 0, block < blockCount else {
      throw member.corrupt(0, "block \(block) of a column of \(count) values")
    }
    if let constant {
      values = [128 of Int64](repeating: constant)
      return min(SegmentFormat.packedBlock, count - block * SegmentFormat.packedBlock)
    }
    let entry = 8 + block * PackedColumn.entry
    let least = try member.load(entry, as: UInt64.self)
    let offset = Int(try member.load(entry + 8, as: UInt32.self))
    let width = Int(try member.load(entry + 12, as: UInt8.self))
    let filled = min(SegmentFormat.packedBlock, count - block * SegmentFormat.packedBlock)
    if width == 0 {
      for index in 0..<filled { values[index] = Int64(bitPattern: least) }
      return filled
    }
    guard width <= 64 else { throw member.corrupt(entry + 12, "a width of \(width) bits") }
    let start = bitsStart + offset
    // Every load of the loops lies in here; the last may look up to eight bytes further, which the column ends with.
    let size = (filled * width + 7) / 8 + 8
    let mask: UInt64 = width == 64 ? ~0 : (1 << UInt64(width)) - 1
    if width <= 56 {
      let member = self.member
      let bits = try member.span(start, size)
      var bit = 0
      for index in 0..<filled {
        values[index] = Int64(bitPattern: least &+ (bits.word(at: bit >> 3) >> UInt64(bit & 7) & mask))
        bit += width
      }
      return filled
    }
    try member.check(start, size)
    for index in 0..<filled {
      let bit = index * width
      let shift = UInt64(bit % 8)
      var value = member.bytes.load(start + bit / 8, as: UInt64.self) >> shift
      if Int(shift) + width > 64 {
        value |= UInt64(member.bytes.load(start + bit / 8 + 8, as: UInt8.self)) << (64 - shift)
      }
      values[index] = Int64(bitPattern: least &+ (value & mask))
    }
    return filled
  }

  /// The least value of a block, read from the table alone. - Throws: `.corrupt`.
  func least(block: Int) throws(SegmentError) -> Int64 {
    if let constant { return constant }
    return Int64(bitPattern: try member.load(8 + block * PackedColumn.entry, as: UInt64.self))
  }

  /// A number that no value of a block exceeds, read from the table alone.
  package func greatestBound(block: Int) throws(SegmentError) -> Int64 {
    if let constant { return constant }
    let entry = 8 + block * PackedColumn.entry
    let least = Int64(bitPattern: try member.load(entry, as: UInt64.self))
    let width = Int(try member.load(entry + 12, as: UInt8.self))
    if width >= 63 { return .max }
    let (sum, overflow) = least.addingReportingOverflow((1 << Int64(width)) - 1)
    return overflow ? .max : sum
  }

  /// An error for a value that means nothing.
  package func corruptValue(_ reason: String) -> SegmentError { member.corrupt(0, reason) }
}

extension Segment {
  /// Blocks of 128 documents.
  package var blockCount: Int { column(.times).blockCount }

  /// Unpacks the times of a block of documents into the beginning of `times`, in ms since 1970. `ids` is scratch.
  /// - Returns: how many documents the block has. - Throws: `.corrupt`. - Complexity: O(128).
  package func readTimes(
    block: Int, ids: inout [128 of Int64], into times: inout [128 of Int64]
  ) throws(SegmentError) -> Int {
    let count = try column(.ids).read(block: block, into: &ids)
    guard try column(.times).read(block: block, into: &times) == count else { return 0 }
    for index in 0..<count {
      times[index] = ColumnTime.time(times[index], id: UInt64(bitPattern: ids[index]))
    }
    return count
  }

  /// A time that no document of a block is older than, from the tables of the columns alone.
  package func oldestTime(block: Int) throws(SegmentError) -> Int64 {
    // What an id says rises with it: of the least id it is the least.
    let id = UInt64(bitPattern: try column(.ids).least(block: block))
    let (time, overflow) = ColumnTime.time(0, id: id).addingReportingOverflow(
      try column(.times).least(block: block))
    return overflow ? .min : time
  }

  /// A time that no document of a block is newer than, from the tables of the columns alone.
  package func newestTime(block: Int) throws(SegmentError) -> Int64 {
    let id = try column(.ids).greatestBound(block: block)
    let (time, overflow) = ColumnTime.time(0, id: UInt64(bitPattern: id)).addingReportingOverflow(
      try column(.times).greatestBound(block: block))
    // Ids without a time are all less than those with one, whose times are below every id's bound.
    return overflow ? .max : max(time, try column(.times).greatestBound(block: block))
  }

  /// The first document from `start` on whose id is below `id`; the number of documents when none is.
  ///
  /// - Complexity: O(log distance from `start`).
  package func firstDocument(below id: UInt64, from start: Int = 0) throws(SegmentError) -> Int {
    // Ids fall along the documents.
    var low = start
    var high = documentCount
    var step = 1
    while low + step < high, try self.id(low + step) >= id {
      low += step
      step *= 2
    }
    high = min(high, low + step + 1)
    while low < high {
      let middle = (low + high) / 2
      if try self.id(middle) >= id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
