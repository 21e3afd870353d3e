import Bytes
import TestSupport
import Testing

@Suite struct ByteReaderTests {
  static func varint(_ bytes: [UInt8]) throws -> (value: UInt64, length: Int) {
    var reader = ByteReader(unsafe bytes.span.bytes)
    let value = try reader.readVarint()
    return (value, reader.offset)
  }

  static func encoded(_ value: UInt64) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(varint: value)
    return buffer.span.array
  }

  @Test(
    "a varint has exactly these bytes",
    arguments: [
      (0, [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 1]), (16_383, [0xFF, 0x7F]),
      (16_384, [0x80, 0x80, 1]), (1 << 63, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]),
    ] as [(UInt64, [UInt8])]) func bytes(value: UInt64, bytes: [UInt8]) throws
  {
    #expect(Self.encoded(value) == bytes)
    let read = try Self.varint(bytes)
    #expect(read.value == value && read.length == bytes.count)
  }

  @Test("every power of two and its neighbours come back") func powers() throws {
    for shift in 0..<64 {
      for value in [
        UInt64(1) << UInt64(shift), (UInt64(1) << UInt64(shift)) - 1, (UInt64(1) << UInt64(shift)) + 1,
      ] as [UInt64] {
        let bytes = Self.encoded(value)
        let read = try Self.varint(bytes + [0xFF])
        #expect(read.value == value && read.length == bytes.count)
      }
    }
  }

  @Test("every truncation of a varint throws where it ends") func truncated() {
    for shift in 0..<64 {
      let bytes = Self.encoded(UInt64(1) << shift)
      for length in 0..<bytes.count {
        #expect(throws: DecodeError.truncated(offset: length, needed: 1)) {
          _ = try Self.varint(Array(bytes[..<length]))
        }
      }
    }
  }

  @Test("a varint of more than 64 bits is refused") func tooWide() {
    for last in [UInt8(2), 0x7F, 0x80, 0xFF] {
      #expect(throws: DecodeError.invalid(offset: 9, reason: "varint over 64 bits")) {
        _ = try Self.varint([UInt8](repeating: 0xFF, count: 9) + [last, 0])
      }
    }
  }

  @Test("fixed integers read at any offset, and throw where fewer bytes are left") func fixed() throws {
    let bytes = (0..<32).map { UInt8($0) }
    for offset in 0...32 {
      let expected = (0..<8).reduce(UInt64(0)) { $0 | UInt64(offset + $1) << UInt64(8 * $1) }
      func read() throws -> UInt64 {
        var reader = ByteReader(unsafe bytes.span.bytes)
        try reader.seek(to: offset)
        return try reader.read(UInt64.self)
      }
      if offset <= 24 {
        #expect(try read() == expected)
      } else {
        #expect(throws: DecodeError.truncated(offset: offset, needed: 8)) { _ = try read() }
      }
    }
  }

  @Test("counts beyond their limit, seeks and slices beyond the end throw") func limits() {
    #expect(throws: DecodeError.invalid(offset: 0, reason: "count 300 over 299")) {
      let bytes = Self.encoded(300)
      var reader = ByteReader(unsafe bytes.span.bytes)
      _ = try reader.readCount(limit: 299)
    }
    for position in [-1, 4, Int.max, Int.min] {
      #expect(throws: DecodeError.self) {
        let bytes: [UInt8] = [1, 2, 3]
        var reader = ByteReader(unsafe bytes.span.bytes)
        try reader.seek(to: position)
      }
      #expect(throws: DecodeError.self) {
        let bytes: [UInt8] = [1, 2, 3]
        var reader = ByteReader(unsafe bytes.span.bytes)
        try reader.skip(position)
      }
      #expect(throws: DecodeError.self) {
        let bytes: [UInt8] = [1, 2, 3]
        var reader = ByteReader(unsafe bytes.span.bytes)
        _ = try reader.readBytes(position)
      }
    }
  }

  @Test("bytes are ordered as numbers, a prefix before its longer twin", arguments: 0..<30)
  func compare(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      func run() -> [UInt8] {
        (0..<Int.random(in: 0..<20, using: &random)).map { _ in
          [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        }
      }
      let (a, b) = (run(), run())
      let order = a.span.compare(b.span)
      let expected = a.lexicographicallyPrecedes(b) ? -1 : a == b ? 0 : 1
      #expect(order.signum() == expected)
      #expect(a.span.equals(b.span) == (a == b))
    }
  }

  @Test("a word past the end counts as zeros") func word() {
    let bytes: [UInt8] = [1, 2, 3]
    #expect(bytes.span.word(at: 0) == 0x030201)
    #expect(bytes.span.word(at: 2) == 3)
    #expect(bytes.span.word(at: 3) == 0)
  }
}
