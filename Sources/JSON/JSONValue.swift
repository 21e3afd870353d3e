public import Bytes

/// A value on simdjson's tape (doc/tape.md: the type in the top byte of a word, the payload below).
///
/// All reads are bounds-checked; nothing is copied. Objects and arrays are walked by `cursor`, whose `next` steps over
/// whole subtrees in O(1).
public struct JSONValue: ~Escapable {
  @usableFromInline let tape: Span<UInt64>
  @usableFromInline let strings: Span<UInt8>
  /// Its place on the tape: a number to come back to it with `at`.
  public let index: Int

  @_lifetime(copy tape, copy strings)
  @inlinable @inline(__always) init(tape: Span<UInt64>, strings: Span<UInt8>, index: Int) {
    self.tape = tape
    self.strings = strings
    self.index = index
  }

  /// The kinds of JSON value.
  public enum Kind: Sendable { case object, array, string, signed, unsigned, double, bool, null }

  /// The value at another place of the same tape.
  @_lifetime(copy self)
  @inlinable @inline(__always) public func at(_ place: Int) -> JSONValue {
    JSONValue(tape: tape, strings: strings, index: place)
  }

  @inlinable @inline(__always) var word: UInt64 { tape[index] }
  @inlinable @inline(__always) static func payload(_ word: UInt64) -> Int {
    Int(word & 0x00FF_FFFF_FFFF_FFFF)
  }

  /// What it is.
  @inlinable public var kind: Kind {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "l"): .signed
    case UInt8(ascii: "u"): .unsigned
    case UInt8(ascii: "d"): .double
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
    default: .null
    }
  }

  /// Whether it is an object.
  @inlinable @inline(__always) public var isObject: Bool { word >> 56 == UInt64(UInt8(ascii: "{")) }
  /// Whether it is an array.
  @inlinable @inline(__always) public var isArray: Bool { word >> 56 == UInt64(UInt8(ascii: "[")) }
  /// Whether it is a string.
  @inlinable @inline(__always) public var isString: Bool { word >> 56 == UInt64(UInt8(ascii: "\"")) }
  /// Whether it is null.
  @inlinable @inline(__always) public var isNull: Bool { word >> 56 == UInt64(UInt8(ascii: "n")) }

  /// The string's bytes, escapes undone; empty for what is no string.
  @inlinable @inline(__always) public var string: Span<UInt8> {
    @_lifetime(copy self)
    get {
      guard isString else { return strings.extracting(0..<0) }
      let start = Self.payload(word)
      let count = Int(UInt32(truncatingIfNeeded: strings.word(at: start)))
      return strings.extracting(start + 4..<start + 4 + count)
    }
  }

  /// The boolean, or nil.
  @inlinable public var bool: Bool? {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// A whole number from 0, or nil.
  @inlinable public var unsigned: UInt64? {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "u"): return tape[index + 1]
    case UInt8(ascii: "l"):
      let value = Int64(bitPattern: tape[index + 1])
      return value >= 0 ? UInt64(value) : nil
    default: return nil
    }
  }

  /// A whole number that fits a signed word, or nil.
  @inlinable public var signed: Int64? {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "l"): Int64(bitPattern: tape[index + 1])
    case UInt8(ascii: "u"): Int64(exactly: tape[index + 1])
    default: nil
    }
  }

  /// Any number, or nil. Finite: simdjson refuses what overflows.
  @inlinable public var number: Double? {
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "d"): Double(bitPattern: tape[index + 1])
    case UInt8(ascii: "l"): Double(Int64(bitPattern: tape[index + 1]))
    case UInt8(ascii: "u"): Double(tape[index + 1])
    default: nil
    }
  }

  /// A walk over the members or elements; over nothing for a scalar.
  @inlinable @inline(__always) public var cursor: JSONCursor {
    @_lifetime(copy self)
    get {
      let tag = UInt8(truncatingIfNeeded: word >> 56)
      guard tag == UInt8(ascii: "{") || tag == UInt8(ascii: "[") else {
        return JSONCursor(tape: tape, strings: strings, index: 0, end: 0, isObject: false)
      }
      // The opening word's payload: the index behind the closing word, and a count above it (ignored).
      let behind = Int(UInt32(truncatingIfNeeded: word))
      return JSONCursor(
        tape: tape, strings: strings, index: index + 1, end: behind - 1, isObject: tag == UInt8(ascii: "{"))
    }
  }
}

/// A walk over the members of an object or the elements of an array.
public struct JSONCursor: ~Escapable {
  @usableFromInline let tape: Span<UInt64>
  @usableFromInline let strings: Span<UInt8>
  @usableFromInline var index: Int
  @usableFromInline let end: Int
  @usableFromInline let isObject: Bool

  @_lifetime(copy tape, copy strings)
  @inlinable @inline(__always) init(
    tape: Span<UInt64>, strings: Span<UInt8>, index: Int, end: Int, isObject: Bool
  ) {
    self.tape = tape
    self.strings = strings
    self.index = index
    self.end = end
    self.isObject = isObject
  }

  /// The next element of an array, or nil.
  @_lifetime(copy self) @_lifetime(self: copy self)
  @inlinable @inline(__always) public mutating func next() -> JSONValue? {
    guard index < end else { return nil }
    let value = JSONValue(tape: tape, strings: strings, index: index)
    index = Self.after(index, tape)
    return value
  }

  /// The next member of an object, or nil.
  @_lifetime(copy self) @_lifetime(self: copy self)
  @inlinable @inline(__always) public mutating func nextMember() -> JSONMember? {
    guard isObject, index < end else { return nil }
    let start = JSONValue.payload(tape[index])
    let count = Int(UInt32(truncatingIfNeeded: strings.word(at: start)))
    let member = JSONMember(
      keyWord: strings.word(at: start + 4) & (count >= 8 ? .max : (1 << UInt64(8 * count)) - 1),
      key: strings.extracting(start + 4..<start + 4 + count),
      value: JSONValue(tape: tape, strings: strings, index: index + 1))
    index = Self.after(index + 1, tape)
    return member
  }

  @inlinable @inline(__always) static func after(_ index: Int, _ tape: Span<UInt64>) -> Int {
    let word = tape[index]
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return Int(UInt32(truncatingIfNeeded: word))
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): return index + 2
    default: return index + 1
    }
  }
}

/// A key and its value.
public struct JSONMember: ~Escapable {
  /// The key's first eight bytes, zero beyond its end: what `KeyTable` looks up.
  public let keyWord: UInt64
  /// The key's bytes, escapes undone.
  public let key: Span<UInt8>
  /// The value.
  public let value: JSONValue

  @_lifetime(copy key, copy value)
  @inlinable @inline(__always) init(keyWord: UInt64, key: Span<UInt8>, value: consuming JSONValue) {
    self.keyWord = keyWord
    self.key = key
    self.value = value
  }
}
