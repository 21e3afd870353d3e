/// Who knows where a key's last slot is: the table of keys, or who has taken the link and brings it back. Entries take those
/// of their terms while they are known, so that the table, which lies in no cache, is asked for a key once and not for each
/// window: that was a tenth of a run over thin data.
extension Past {
  /// Takes the links of keys, which nobody but `body` knows then until they are given back.
  mutating func take(_ keys: Span<UInt64>, _ body: (Int, Link) -> Void) {
    for start in stride(from: 0, to: keys.count, by: Self.group) {
      let group = start..<min(start + Self.group, keys.count)
      // Keys of thin data lie in no cache; one by one they took as long as all else of a record. Where nothing stands where
      // they would, none is known.
      let isAnyKnown = heads.touch(keys.extracting(group)) > 0
      for index in group { body(index, isAnyKnown ? take(keys[index]) : .none) }
    }
  }

  /// Takes a key's link.
  mutating func take(_ key: UInt64) -> Link {
    guard let value = heads.value(key) else { return .none }
    _ = heads.remove(key, having: value)
    let link = Self.link(value)
    return link.window >= first ? link : .none
  }

  /// Gives back a key's link.
  mutating func give(_ key: UInt64, _ link: Link) {
    if link != .unknown && link.window >= first { heads.set(key, Self.value(link)) }
  }

  /// A key's link that nobody has taken.
  func link(_ key: UInt64) -> Link { heads.value(key).map(Self.link) ?? .none }

  /// Calls `body` with every key whose link nobody has taken, and which has slots, in no order that means anything.
  func forEach(_ body: (UInt64, Link) -> Void) {
    heads.forEach { key, value in
      let link = Self.link(value)
      if link.window >= first { body(key, link) }
    }
  }

  /// Keys that are looked for at one time.
  private static let group = 16

  static func value(_ link: Link) -> Int64 { Int64(link.window) << 32 | Int64(link.place) }

  static func link(_ value: Int64) -> Link {
    Link(window: UInt32(truncatingIfNeeded: value >> 32), place: UInt32(truncatingIfNeeded: value))
  }
}
