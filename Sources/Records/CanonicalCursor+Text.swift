internal import Bytes

/// Strings, with the escapes that canonical records have.
extension CanonicalCursor {
  /// A string, behind its opening quote, copied into the tweet's arena.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func text(_ tweet: inout Tweet) -> TextRange {
    let start = place
    let end = nextMark(start)
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      place = end &+ 1
      return tweet.add(bytes.extracting(start..<end))
    }
    return escapedText(&tweet)
  }

  /// Passes over a string, behind its opening quote.
  @_lifetime(self: copy self)
  mutating func skipText() {
    while true {
      place = nextMark(place)
      guard place < bytes.count else { return fail() }
      if bytes[place] == UInt8(ascii: "\"") { break }
      guard let escape = escape() else { return fail() }
      place &+= escape.size
    }
    place &+= 1
  }

  @_lifetime(self: copy self)
  private mutating func escapedText(_ tweet: inout Tweet) -> TextRange {
    let arenaStart = tweet.arena.count
    while true {
      let end = nextMark(place)
      tweet.arena.append(bytes.extracting(place..<end))
      place = end
      guard place < bytes.count else { break }
      if bytes[place] == UInt8(ascii: "\"") {
        place &+= 1
        return TextRange(start: arenaStart, count: tweet.arena.count - arenaStart)
      }
      guard let escape = escape() else { break }
      tweet.arena.append(escape.byte)
      place &+= escape.size
    }
    fail()
    return .absent
  }

  // The escape at `place` and its length, if it stands for an ASCII character: those are all that canonical records have.
  private func escape() -> (byte: UInt8, size: Int)? {
    guard bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count else { return nil }
    switch bytes[place + 1] {
    case UInt8(ascii: "\""): return (UInt8(ascii: "\""), 2)
    case UInt8(ascii: "\\"): return (UInt8(ascii: "\\"), 2)
    case UInt8(ascii: "/"): return (UInt8(ascii: "/"), 2)
    case UInt8(ascii: "b"): return (0x08, 2)
    case UInt8(ascii: "t"): return (0x09, 2)
    case UInt8(ascii: "n"): return (0x0A, 2)
    case UInt8(ascii: "f"): return (0x0C, 2)
    case UInt8(ascii: "r"): return (0x0D, 2)
    case UInt8(ascii: "u"):
      guard bytes.has("\\u00", at: place), place + 6 <= bytes.count, let high = hex(bytes[place + 4]),
        let low = hex(bytes[place + 5]), high < 8
      else { return nil }
      return (high << 4 | low, 6)
    default: return nil
    }
  }

  private func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
