package import Bytes

/// Writes a `PackedColumn` whose values come one by one. Memory: the packed bits, and 13 bytes a block of 128.
package struct PackedColumnWriter: ~Copyable {
  /// The column's beginning, once it is finished.
  package private(set) var table = ByteBuffer()
  /// What follows it.
  package private(set) var bits = ByteBuffer()
  private var values: [128 of Int64] = [128 of Int64](repeating: 0)
  private var filled = 0
  private var count = 0
  private var first: Int64 = 0
  private var isConstant = true

  /// An empty column.
  package init() { table.append(littleEndian: UInt64(0)) }

  /// Adds the next value.
  package mutating func add(_ value: Int64) {
    if count + filled == 0 { first = value }
    isConstant = isConstant && value == first
    values[filled] = value
    filled += 1
    if filled == SegmentFormat.packedBlock { endBlock() }
  }

  /// Ends the column.
  package mutating func finish() {
    if filled > 0 { endBlock() }
    var head = UInt64(count)
    if isConstant {
      head |= PackedColumn.constant
      table.truncate(to: 8)
      table.append(littleEndian: UInt64(bitPattern: first))
    } else {
      bits.append(littleEndian: UInt64(0))
    }
    for place in 0..<8 { table.set(UInt8(truncatingIfNeeded: head >> UInt64(8 * place)), at: place) }
  }

  private mutating func endBlock() {
    var least = values[0]
    var most = least
    for index in 0..<filled {
      least = min(least, values[index])
      most = max(most, values[index])
    }
    let spread = UInt64(bitPattern: most &- least)
    let width = 64 - spread.leadingZeroBitCount
    table.append(littleEndian: UInt64(bitPattern: least))
    table.append(littleEndian: UInt32(bits.count))
    table.append(UInt8(width))
    if width > 0 { pack(least: least, width: width) }
    count += filled
    filled = 0
  }

  private mutating func pack(least: Int64, width: Int) {
    var word: UInt64 = 0
    var used = 0
    for index in 0..<filled {
      let value = UInt64(bitPattern: values[index] &- least)
      word |= value << UInt64(used)
      if used + width >= 64 {
        bits.append(littleEndian: word)
        let taken = 64 - used
        word = taken < 64 && taken < width ? value >> UInt64(taken) : 0
        used = used + width - 64
      } else {
        used += width
      }
    }
    while used > 0 {
      bits.append(UInt8(truncatingIfNeeded: word))
      word >>= 8
      used -= 8
    }
  }
}
