package import Bytes
package import Commits

// A column of whole numbers with O(1) access (frame of reference): blocks of 128 values, each stored as the difference
// from its block's least value, in as many bits as the greatest difference needs.
//
//   u64 count
//   per block: u64 least value (two's complement), u32 offset of its bits (in bytes from the start of the bits), u8 bits
//   the bits: value i of a block at bit i × width, least significant bit first, zero-padded to a byte; 8 zero bytes
//
// A column of one value alone is u64 count plus 2^63, i64 value: most tweets lack most of what columns hold.
package enum PackedColumn {
  static let entry = 13
  /// The bit of the count that says so.
  static let constant: UInt64 = 1 << 63

  /// Appends the column of `values`. - Complexity: O(n).
  package static func write(_ values: [Int64], to out: inout ByteBuffer) {
    var writer = PackedColumnWriter()
    for value in values { writer.add(value) }
    writer.finish()
    out.append(contentsOf: writer.table)
    out.append(contentsOf: writer.bits)
  }
}

/// Reads a `PackedColumn` in place.
package struct PackedColumnReader: Sendable {
  let member: CheckedMember
  let count: Int
  let bitsStart: Int
  // Of all documents, where they have the same.
  let constant: Int64?

  /// Checks the table's size against the member's. Values are checked where they are read.
  init(_ member: CheckedMember) throws(SegmentError) {
    self.member = member
    guard member.count >= 16 else { throw member.corrupt(0, "a column shorter than its head") }
    let head = try member.load(0, as: UInt64.self)
    let count = head & ~PackedColumn.constant
    guard count <= UInt64(UInt32.max) else { throw member.corrupt(0, "a column of \(count) values") }
    self.count = Int(count)
    constant = head != count ? try member.load(8, as: Int64.self) : nil
    if constant != nil {
      bitsStart = 16
      return
    }
    let blocks = (self.count + SegmentFormat.packedBlock - 1) / SegmentFormat.packedBlock
    bitsStart = 8 + blocks * PackedColumn.entry
    guard bitsStart + 8 <= member.count else { throw member.corrupt(0, "a column shorter than its table") }
  }

  /// Value `index`. - Throws: `.corrupt` when it lies outside the column or its bits outside the member.
  package func value(_ index: Int) throws(SegmentError) -> Int64 {
    guard index >= 0, index < count else { throw member.corrupt(0, "value \(index) of a column of \(count)") }
    if let constant { return constant }
    let entry = 8 + (index / SegmentFormat.packedBlock) * PackedColumn.entry
    let least = try member.load(entry, as: UInt64.self)
    let offset = Int(try member.load(entry + 8, as: UInt32.self))
    let width = Int(try member.load(entry + 12, as: UInt8.self))
    if width == 0 { return Int64(bitPattern: least) }
    guard width <= 64 else { throw member.corrupt(entry + 12, "a width of \(width) bits") }
    let bit = (index % SegmentFormat.packedBlock) * width
    let place = bitsStart + offset + bit / 8
    let shift = UInt64(bit % 8)
    var value = try member.load(place, as: UInt64.self) >> shift
    if Int(shift) + width > 64 {
      value |= UInt64(try member.load(place + 8, as: UInt8.self)) << (64 - shift)
    }
    if width < 64 { value &= (1 << UInt64(width)) - 1 }
    return Int64(bitPattern: least &+ value)
  }
}
