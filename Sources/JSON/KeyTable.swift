public import Bytes

/// Finds the number of a known key in one hash and one comparison: how shapes with many optional fields are read.
///
/// Built once per shape. - Complexity: O(1) a lookup.
public struct KeyTable: Sendable {
  @usableFromInline struct Entry: Sendable {
    @usableFromInline var word: UInt64
    /// Bytes 8 to 15, zero beyond the end.
    @usableFromInline var second: UInt64
    @usableFromInline var count: Int
    @usableFromInline var name: StaticString
    @usableFromInline var number: Int
  }
  @usableFromInline let entries: [Entry]
  @usableFromInline let slots: [UInt8]
  @usableFromInline let mask: UInt64

  /// A table of at most 120 keys; a key's number is its place in `names`.
  public init(_ names: [StaticString]) {
    precondition(names.count <= 120)
    var size = 16
    while size < names.count * 4 { size *= 2 }
    mask = UInt64(size - 1)
    var slots = [UInt8](repeating: 255, count: size)
    var entries: [Entry] = []
    for (number, name) in names.enumerated() {
      let text = name.description
      let bytes = Array(text.utf8)
      let word = bytes.span.word(at: 0)
      var slot = Int(Self.hash(word, bytes.count) & mask)
      while slots[slot] != 255 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt8(number)
      entries.append(
        Entry(
          word: word, second: bytes.count > 8 ? bytes.span.word(at: 8) : 0, count: bytes.count, name: name,
          number: number))
    }
    self.entries = entries
    self.slots = slots
  }

  // Fibonacci hashing of the first eight bytes and the length.
  @inlinable @inline(__always) static func hash(_ word: UInt64, _ count: Int) -> UInt64 {
    ((word ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15) >> 40
  }

  /// The number of the member's key, or −1.
  @inlinable @inline(__always) public func number(_ member: borrowing JSONMember) -> Int {
    let count = member.key.count
    var slot = Int(Self.hash(member.keyWord, count) & mask)
    while true {
      let candidate = slots[slot]
      if candidate == 255 { return -1 }
      let entry = entries[Int(candidate)]
      if entry.word == member.keyWord && entry.count == count {
        if count <= 8 { return entry.number }
        if entry.second == member.key.word(at: 8) && (count <= 16 || member.key.equals(entry.name)) {
          return entry.number
        }
      }
      slot = (slot + 1) & Int(mask)
    }
  }
}

/// The members of one object that a shape knows, by number. Of duplicate keys the last counts, as in jq.
public struct JSONFields: ~Escapable {
  @usableFromInline let root: JSONValue
  @usableFromInline var places: [64 of Int32]

  /// Collects the members of `object` that `table` (of at most 64 keys) knows. Null counts as absent.
  @_lifetime(copy object)
  @inlinable public init(_ object: borrowing JSONValue, _ table: borrowing KeyTable) {
    root = copy object
    places = [64 of Int32](repeating: 0)
    var cursor = object.cursor
    while let member = cursor.nextMember() {
      let number = table.number(member)
      if number >= 0 {
        places[number] = member.value.isNull ? 0 : Int32(truncatingIfNeeded: member.value.index)
      }
    }
  }

  /// Whether the object has key `number`, with a value other than null.
  @inlinable @inline(__always) public func has(_ number: Int) -> Bool { places[number] != 0 }

  /// The value of key `number`, or nil.
  @inlinable @inline(__always) public subscript(_ number: Int) -> JSONValue? {
    @_lifetime(copy self)
    get { places[number] == 0 ? nil : root.at(Int(places[number])) }
  }
}
