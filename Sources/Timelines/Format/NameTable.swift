package import Bytes
package import Commits

// The member `names`: what accounts were called when they were last seen.
//
//   u32 names; by the name without regard to case, then by user: u32 user each, i64 time each (ms since 1970), u32 end of
//   its bytes each; u32 a user: the place of its name plus 1, or 0; the bytes
/// A name to be written.
package struct NamedUser: Sendable {
  package var user: UInt32
  package var at: Int64
  /// As it was written.
  package var name: [UInt8]

  package init(user: UInt32, at: Int64, name: [UInt8]) {
    self.user = user
    self.at = at
    self.name = name
  }

  /// What names are sorted and looked up by: names are ASCII, case does not matter.
  package static func folded(_ name: [UInt8]) -> [UInt8] {
    name.map { folded($0) }
  }

  static func folded(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

/// Reads the member in place.
package struct NameTable: Sendable {
  private let member: CheckedMember
  /// Names.
  package let count: Int
  private let users: Int

  /// A name to be written, whose bytes lie elsewhere.
  package struct Entry: Sendable {
    var user: UInt32
    var at: Int64
    var start: UInt32
    var count: UInt32

    package init(user: UInt32, at: Int64, start: UInt32, count: UInt32) {
      self.user = user
      self.at = at
      self.start = start
      self.count = count
    }
  }

  /// Appends the member of names that lie in `bytes`. - Complexity: O(n log n).
  package static func encode(_ names: [Entry], _ bytes: [UInt8], users: Int, to out: inout ByteBuffer) {
    let text = bytes.span
    let sorted = names.sorted { a, b in
      let order = compareFolded(bytes, a, b)
      return order == 0 ? a.user < b.user : order < 0
    }
    out.append(littleEndian: UInt32(sorted.count))
    for name in sorted { out.append(littleEndian: name.user) }
    for name in sorted { out.append(littleEndian: name.at) }
    var end: UInt32 = 0
    var places = [UInt32](repeating: 0, count: users)
    for (place, name) in sorted.enumerated() {
      end += name.count
      out.append(littleEndian: end)
      places[Int(name.user)] = UInt32(place + 1)
    }
    for place in places { out.append(littleEndian: place) }
    for entry in sorted { out.append(text.extracting(Int(entry.start)..<Int(entry.start + entry.count))) }
  }

  // As `NamedUser.folded` compares, without copies.
  private static func compareFolded(_ bytes: [UInt8], _ a: Entry, _ b: Entry) -> Int {
    let span = bytes.span
    for index in 0..<Int(min(a.count, b.count)) {
      let one = NamedUser.folded(span[Int(a.start) + index])
      let other = NamedUser.folded(span[Int(b.start) + index])
      if one != other { return one < other ? -1 : 1 }
    }
    return Int(a.count) - Int(b.count)
  }

  package init(_ member: CheckedMember, users: Int) throws(SegmentError) {
    self.member = member
    self.users = users
    count = Int(try member.load(0, as: UInt32.self))
    let fixed = 4 + 16 * count + 4 * users
    let bytes = count == 0 ? 0 : Int(try member.load(4 + 16 * count - 4, as: UInt32.self))
    guard member.count == fixed + bytes else {
      throw member.corrupt(0, "\(count) names in \(member.count) bytes")
    }
  }

  /// Name `place`. - Throws: `.corrupt`.
  package func name(_ place: Int) throws(SegmentError) -> NamedUser {
    let member = self.member
    let ends = 4 + 12 * count
    let start = place == 0 ? 0 : Int(try member.load(ends + 4 * place - 4, as: UInt32.self))
    let end = Int(try member.load(ends + 4 * place, as: UInt32.self))
    guard start <= end else { throw member.corrupt(ends + 4 * place, "a name from \(start) to \(end)") }
    let user = try member.load(4 + 4 * place, as: UInt32.self)
    let at = try member.load(4 + 4 * count + 8 * place, as: Int64.self)
    let bytes = try member.span(4 + 16 * count + 4 * users + start, end - start)
    return NamedUser(user: user, at: at, name: bytes.array)
  }

  /// The name of a user, or nil.
  package func name(of user: UInt32) throws(SegmentError) -> NamedUser? {
    let place = Int(try member.load(4 + 16 * count + 4 * Int(user), as: UInt32.self))
    return place == 0 ? nil : try name(place - 1)
  }

  /// The users who bore a name, whatever its case. - Complexity: O(log n).
  package func users(named wanted: [UInt8]) throws(SegmentError) -> [NamedUser] {
    let key = NamedUser.folded(wanted)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if NamedUser.folded(try name(middle).name).lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [NamedUser] = []
    while low < count {
      let next = try name(low)
      if NamedUser.folded(next.name) != key { break }
      found.append(next)
      low += 1
    }
    return found
  }
}
