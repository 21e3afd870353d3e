package import Bytes
package import Commits

// The member `changes`: follows, blocks, blocks seen from the blocked, mutes.
//
//   u32 rows of each of the four; then the rows: u32 owner, u32 other, i64 twice the time (ms since 1970) and 1 where it
//   ends; in the order of all three
/// Which of them.
package enum ChangeKind: Int, CaseIterable, Sendable { case follow, block, blockedBy, mute }

/// A row.
package struct ChangeRow: Comparable, Sendable {
  package var owner: UInt32
  package var other: UInt32
  /// Ending comes last among equal times, and the last one holds.
  package var stamp: Int64

  package init(owner: UInt32, other: UInt32, stamp: Int64) {
    self.owner = owner
    self.other = other
    self.stamp = stamp
  }

  /// In ms since 1970.
  package var at: Int64 { stamp >> 1 }
  package var isOn: Bool { stamp & 1 == 0 }
  package var pair: UInt64 { UInt64(owner) << 32 | UInt64(other) }

  package static func < (a: ChangeRow, b: ChangeRow) -> Bool {
    a.pair != b.pair ? a.pair < b.pair : a.stamp < b.stamp
  }
}

/// Reads the member in place.
package struct ChangeRows: Sendable {
  private let member: CheckedMember
  // Where the rows of each kind begin, and where the last ones end.
  private let starts: [Int]

  /// Appends the member of sorted rows, a list a kind.
  package static func encode(_ kinds: [[ChangeRow]], to out: inout ByteBuffer) {
    for rows in kinds { out.append(littleEndian: UInt32(rows.count)) }
    for rows in kinds {
      for row in rows {
        out.append(littleEndian: row.owner)
        out.append(littleEndian: row.other)
        out.append(littleEndian: row.stamp)
      }
    }
  }

  package init(_ member: CheckedMember) throws(SegmentError) {
    self.member = member
    var starts = [0]
    for kind in ChangeKind.allCases {
      starts.append((starts.last ?? 0) + Int(try member.load(4 * kind.rawValue, as: UInt32.self)))
    }
    self.starts = starts
    let rows = starts.last ?? 0
    guard member.count == 16 + 16 * rows else {
      throw member.corrupt(0, "\(rows) changes in \(member.count) bytes")
    }
  }

  /// How many rows there are of a kind.
  package func count(_ kind: ChangeKind) -> Int { starts[kind.rawValue + 1] - starts[kind.rawValue] }

  /// Row `index` of a kind.
  package func row(_ kind: ChangeKind, _ index: Int) throws(SegmentError) -> ChangeRow {
    let place = 16 + 16 * (starts[kind.rawValue] + index)
    return ChangeRow(
      owner: try member.load(place, as: UInt32.self), other: try member.load(place + 4, as: UInt32.self),
      stamp: try member.load(place + 8, as: Int64.self))
  }

  /// Calls `body` with the rows of an owner, by the other and time. - Complexity: O(log n + its rows).
  package func forEach(_ kind: ChangeKind, _ owner: UInt32, _ body: (ChangeRow) throws(SegmentError) -> Void)
    throws(SegmentError)
  {
    var low = 0
    var high = count(kind)
    while low < high {
      let middle = (low + high) / 2
      if try row(kind, middle).owner < owner { low = middle + 1 } else { high = middle }
    }
    while low < count(kind) {
      let row = try row(kind, low)
      if row.owner != owner { return }
      try body(row)
      low += 1
    }
  }

  /// Whether exactly this row is there. - Complexity: O(log n).
  package func holds(_ kind: ChangeKind, _ wanted: ChangeRow) throws(SegmentError) -> Bool {
    var low = 0
    var high = count(kind)
    while low < high {
      let middle = (low + high) / 2
      if try row(kind, middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return try low < count(kind) ? row(kind, low) == wanted : false
  }
}
