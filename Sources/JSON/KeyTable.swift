public import Bytes

/// Finds the number of a known key in one hash and one comparison: how shapes with many optional fields are read.
///
/// Built once per shape. - Complexity: O(1) a lookup.
public struct KeyTable: Sendable {
  // Four words a slot: the key's first three, zero beyond its end, and its length and number; the last is 0 when free.
  @usableFromInline let slots: [UInt64]
  @usableFromInline let mask: Int
  /// Only keys of more than 24 bytes need them.
  @usableFromInline let names: [StaticString]

  /// A table of at most 120 keys; a key's number is its place in `names`.
  public init(_ names: [StaticString]) {
    precondition(names.count <= 120)
    var size = 16
    while size < names.count * 4 { size *= 2 }
    mask = size - 1
    var slots = [UInt64](repeating: 0, count: size * 4)
    for (number, name) in names.enumerated() {
      let bytes = Array(name.description.utf8)
      let word = bytes.span.word(at: 0)
      var slot = Self.hash(word, bytes.count) & mask
      while slots[slot * 4 + 3] != 0 { slot = (slot + 1) & mask }
      slots[slot * 4] = word
      slots[slot * 4 + 1] = bytes.count > 8 ? bytes.span.word(at: 8) : 0
      slots[slot * 4 + 2] = bytes.count > 16 ? bytes.span.word(at: 16) : 0
      slots[slot * 4 + 3] = UInt64(bytes.count) << 8 | UInt64(number + 1)
    }
    self.slots = slots
    self.names = names
  }

  // Fibonacci hashing of the first eight bytes and the length.
  @inlinable @inline(__always) static func hash(_ word: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: ((word ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15) >> 40)
  }

  /// The number of a member's key, or −1.
  public func number(_ member: borrowing JSONMember) -> Int {
    number(member.key, 0, member.key.count, member.keyWord)
  }

  /// The number of the key of `count` bytes at `start`, or −1. - Parameter word: its first eight bytes.
  @inlinable @inline(__always)
  func number(_ strings: Span<UInt8>, _ start: Int, _ count: Int, _ word: UInt64) -> Int {
    var slot = Self.hash(word, count) & mask
    while true {
      let found = slots[slot * 4 + 3]
      if found == 0 { return -1 }
      if slots[slot * 4] == word && found >> 8 == UInt64(truncatingIfNeeded: count) {
        let number = Int(found & 0xFF) - 1
        if count <= 8 { return number }
        let key = strings.extracting(start..<start + count)
        if slots[slot * 4 + 1] == key.word(at: 8) {
          if count <= 16 { return number }
          if slots[slot * 4 + 2] == key.word(at: 16), count <= 24 || key.equals(names[number]) {
            return number
          }
        }
      }
      slot = (slot + 1) & mask
    }
  }
}

/// The members of one object that a shape knows, by number. Of duplicate keys the last counts, as in jq.
public struct JSONFields: ~Escapable {
  @usableFromInline let root: JSONValue
  @usableFromInline var places: [64 of Int32]

  /// Collects the members of `object` that `table` (of at most 64 keys) knows. Null counts as absent.
  @_lifetime(copy object)
  public init(_ object: borrowing JSONValue, _ table: borrowing KeyTable) {
    root = copy object
    places = [64 of Int32](repeating: 0)
    guard object.isObject else { return }
    Self.collect(object.tape, object.strings, object.index, table, &places)
  }

  // Straight along the tape: this is where most of the time of reading goes.
  private static func collect(
    _ tape: Span<UInt64>, _ strings: Span<UInt8>, _ object: Int, _ table: borrowing KeyTable,
    _ places: inout [64 of Int32]
  ) {
    let end = Int(UInt32(truncatingIfNeeded: tape[object])) - 1
    var index = object + 1
    while index < end {
      let start = JSONValue.payload(tape[index])
      let count = Int(UInt32(truncatingIfNeeded: strings.word(at: start)))
      var word = strings.word(at: start + 4)
      if count < 8 { word &= (1 << UInt64(8 * count)) - 1 }
      let number = table.number(strings, start + 4, count, word)
      let value = tape[index + 1]
      let tag = UInt8(truncatingIfNeeded: value >> 56)
      if number >= 0 { places[number] = tag == UInt8(ascii: "n") ? 0 : Int32(truncatingIfNeeded: index + 1) }
      switch tag {
      case UInt8(ascii: "{"), UInt8(ascii: "["): index = Int(UInt32(truncatingIfNeeded: value))
      case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index += 3
      default: index += 2
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
