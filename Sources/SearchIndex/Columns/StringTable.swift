package import Bytes
package import Commits

// Distinct strings in byte order; a column holds their ordinals, 0 for "none", n + 1 for string n.
//
//   u32 count, u32 × (count + 1) where each begins (from the end of this table), the bytes
/// Writes and reads tables of strings.
package enum StringTable {
  /// Appends the table of `strings`, which are in byte order.
  package static func write(_ strings: [[UInt8]], to out: inout ByteBuffer) {
    var writer = StringTableWriter()
    for string in strings { writer.add(string.span) }
    writer.finish()
    out.append(contentsOf: writer.table)
    out.append(contentsOf: writer.bytes)
  }
}

/// Writes a `StringTable` whose strings come one by one, in byte order. Memory: the table.
package struct StringTableWriter: ~Copyable {
  /// The table's beginning, once it is finished.
  package private(set) var table = ByteBuffer()
  /// The strings, which follow it.
  package private(set) var bytes = ByteBuffer()
  private var count: UInt32 = 0

  /// An empty table.
  package init() {
    table.append(littleEndian: count)
    table.append(littleEndian: UInt32(0))
  }

  /// Adds a string.
  package mutating func add(_ string: Span<UInt8>) {
    count += 1
    bytes.append(string)
    table.append(littleEndian: UInt32(bytes.count))
  }

  /// Ends the table.
  package mutating func finish() {
    for place in 0..<4 { table.set(UInt8(truncatingIfNeeded: count >> UInt32(8 * place)), at: place) }
  }
}

/// Reads a `StringTable` in place.
package struct StringTableReader: Sendable {
  private let member: CheckedMember
  package let count: Int

  init(_ member: CheckedMember) throws(SegmentError) {
    self.member = member
    count = Int(try member.load(0, as: UInt32.self))
    guard count <= (member.count - 8) / 4 else { throw member.corrupt(0, "a table of \(count) strings") }
  }

  /// String `index`. - Throws: `.corrupt`.
  @_lifetime(borrow self)
  package borrowing func string(_ index: Int) throws(SegmentError) -> Span<UInt8> {
    guard index >= 0, index < count else { throw member.corrupt(0, "string \(index) of \(count)") }
    let start = Int(try member.load(4 + 4 * index, as: UInt32.self))
    let end = Int(try member.load(8 + 4 * index, as: UInt32.self))
    guard start <= end else { throw member.corrupt(4 + 4 * index, "offsets do not rise") }
    try member.check(8 + 4 * count + start, end - start)
    return member.bytes.span(8 + 4 * count + start..<8 + 4 * count + end)
  }
}
