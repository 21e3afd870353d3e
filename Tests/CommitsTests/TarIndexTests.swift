import Bytes
import CommitTestSupport
import TestSupport
import Testing

@testable import Commits

@Suite struct TarIndexTests {
  /// A ustar header with a checksum that fits.
  static func header(_ name: String, size: String, kind: Character = "0") -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { bytes[place + index] = byte }
    }
    put(name, at: 0)
    put("000444 ", at: 100)
    put(size, at: 124)
    bytes[156] = kind.asciiValue ?? 0
    put("ustar\u{0}00", at: 257)
    put("        ", at: 148)
    let sum = bytes.reduce(0) { $0 + Int($1) }
    put(
      String(repeating: "0", count: 6 - String(sum, radix: 8).count) + String(sum, radix: 8) + "\u{0} ",
      at: 148)
    return bytes
  }

  static func file(_ name: String, _ content: String, kind: Character = "0", size: Int? = nil) -> [UInt8] {
    let bytes = Array(content.utf8)
    let octal = String(size ?? bytes.count, radix: 8)
    return header(name, size: String(repeating: "0", count: 11 - octal.count) + octal, kind: kind) + bytes
      + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  static let end = [UInt8](repeating: 0, count: 1024)

  static func read(_ bytes: [UInt8]) throws -> [String: String] {
    let folder = TemporaryDirectory()
    let mapped = try MappedBytes(file: try folder.write(bytes, to: "a.tar"))
    var found: [String: String] = [:]
    for member in try TarIndex.read(mapped, file: "a.tar") {
      found[member.name] = mapped.span(member.range).text
    }
    return found
  }

  @Test("plain members are found, also one whose size stands in a pax header") func plain() throws {
    let large = Self.file("pax", "13 size=5\n13 path=zz\n", kind: "x") + Self.file("c", "large", size: 0)
    // The ustar size of zero gives way to the extended one.
    #expect(
      try Self.read(Self.file("a", "one") + Self.file("b/c", "") + large + Self.end) == [
        "a": "one", "b/c": "", "c": "large",
      ])
    #expect(try Self.read(Self.end) == [:])
  }

  @Test(
    "links, devices, folders, fifos and unknown kinds are refused", arguments: Array("123456789gLKVS\u{0}DNM")
  ) func kinds(kind: Character) {
    #expect(refuses { _ = try Self.read(Self.file("a", "x") + Self.file("b", "", kind: kind) + Self.end) })
  }

  @Test("a member that stands twice is refused") func twice() {
    #expect(refuses { _ = try Self.read(Self.file("a", "1") + Self.file("a", "2") + Self.end) })
  }

  @Test("more members than a segment has are refused") func many() {
    let bytes = (0..<70).flatMap { Self.file("m\($0)", "") }
    #expect(refuses { _ = try Self.read(bytes + Self.end) })
  }

  @Test(
    "sizes that lie are refused",
    arguments: [
      "77777777777", "00000002001", "-0000000001", "0000000000x", "           ", "\u{80}\u{0}\u{0}\u{0}", "",
    ])
  func sizes(size: String) {
    #expect(
      refuses {
        _ = try Self.read(Self.header("a", size: size) + [UInt8](repeating: 65, count: 512) + Self.end)
      })
  }

  @Test(
    "extended sizes that lie are refused",
    arguments: [
      "13 size=-1\n", "x", "", "13 size=\n", "13 size=99999999999999999999\n",
      "13 size=9223372036854775807\n", "13 size=9223372036854775300\n",
    ])
  func paxSizes(body: String) {
    #expect(refuses { _ = try Self.read(Self.file("p", body, kind: "x") + Self.file("a", "x") + Self.end) })
  }

  @Test("every truncation in front of the end mark is refused") func cut() {
    let bytes = Self.file("a", "one") + Self.file("b", String(repeating: "x", count: 600))
    for length in stride(from: 0, through: bytes.count, by: 64) {
      #expect(refuses { _ = try Self.read(Array(bytes[..<length])) }, "\(length)")
    }
  }

  @Test("a header with a flipped bit is refused") func flips() {
    let bytes = Self.file("name", "one")
    for place in 0..<512 {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      // A first byte of zero would be the end mark, and the padding of the sum's own field is not summed.
      guard damaged[0] != 0, !(148..<156).contains(place) else { continue }
      #expect(refuses { _ = try Self.read(damaged + Self.end) }, "byte \(place)")
    }
  }
}
