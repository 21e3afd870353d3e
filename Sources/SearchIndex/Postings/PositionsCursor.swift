internal import Bytes
package import Commits

/// Reads the positions of one term, document by document, from any place of its list.
package struct PositionsCursor {
  private let member: CheckedMember
  private let start: Int
  private let limit: Int
  private let count: Int
  private let blocks: Int
  private var block = -1
  private var numbers: [128 of UInt32] = [128 of UInt32](repeating: 0)

  /// The positions of `info`'s term in `segment`.
  package init(_ segment: Segment, _ info: TermInfo) throws(SegmentError) {
    member = segment.positions
    start = info.positions.lowerBound
    limit = info.positions.upperBound
    count = info.occurrences
    blocks = info.occurrences / SegmentFormat.packedBlock
    guard limit <= member.count, start + 4 * blocks <= limit else {
      throw member.corrupt(start, "\(count) positions in \(info.positions.count) bytes")
    }
  }

  /// Replaces `positions` with the `frequency` positions of a document before which the term stands `first` times.
  package mutating func read(first: Int, frequency: Int, into positions: inout [Int]) throws(SegmentError) {
    positions.removeAll(keepingCapacity: true)
    guard first >= 0, frequency >= 0, first + frequency <= count else {
      throw member.corrupt(start, "position \(first + frequency) of \(count)")
    }
    var position = 0
    for place in first..<first + frequency {
      position += try number(place)
      positions.append(position)
    }
  }

  /// The number at a place of the list: a document's first position, or how much further the next one is.
  package mutating func number(_ place: Int) throws(SegmentError) -> Int {
    guard place >= 0, place < count else { throw member.corrupt(start, "position \(place) of \(count)") }
    let wanted = place / SegmentFormat.packedBlock
    if wanted != block { try load(wanted) }
    return Int(numbers[place % SegmentFormat.packedBlock])
  }

  private mutating func load(_ wanted: Int) throws(SegmentError) {
    let data = start + 4 * blocks
    if wanted < blocks {
      let place = data + Int(try member.load(start + 4 * wanted, as: UInt32.self))
      let bits = Int(try member.load(place, as: UInt8.self))
      guard bits <= 32, place + 1 + 16 * bits <= limit else {
        throw member.corrupt(place, "a block of \(bits) bits")
      }
      try Self.unpack(member, place + 1, bits: bits, into: &numbers)
    } else {
      try loadRest(data)
    }
    block = wanted
  }

  private static func unpack(
    _ member: CheckedMember, _ place: Int, bits: Int, into numbers: inout [128 of UInt32]
  ) throws(SegmentError) {
    BitPacking.unpack(try member.span(place, 16 * bits), at: 0, bits: bits, into: &numbers)
  }

  private mutating func loadRest(_ data: Int) throws(SegmentError) {
    var place = data
    if blocks > 0 {
      place = data + Int(try member.load(start + 4 * (blocks - 1), as: UInt32.self))
      place += 1 + 16 * Int(try member.load(place, as: UInt8.self))
    }
    for slot in 0..<count - blocks * SegmentFormat.packedBlock {
      var value = 0
      var shift = 0
      while true {
        guard place < limit, shift < 35 else { throw member.corrupt(place, "a number that does not end") }
        let byte = Int(try member.load(place, as: UInt8.self))
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      numbers[slot] = UInt32(clamping: value)
    }
  }
}
