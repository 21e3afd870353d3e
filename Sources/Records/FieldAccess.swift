public import JSON

/// Reading optional fields of an object into a record: what has the wrong type counts as absent.
extension JSONFields {
  /// A string, copied into the tweet's arena.
  public func text(_ key: Int, into tweet: inout Tweet) -> TextRange {
    guard let value = self[key], value.isString else { return .absent }
    return tweet.add(value.string)
  }

  /// An id, or 0.
  public func id(_ key: Int) -> UInt64 {
    guard let value = self[key] else { return 0 }
    return RecordID.parse(value) ?? 0
  }

  /// A count from 0 (a whole number, or the digits of one, as old archives write them); −1 when absent.
  public func count(_ key: Int) -> Int64 {
    guard let value = self[key] else { return -1 }
    if value.isString {
      let digits = value.string
      if digits.count == 1 && digits[0] == 48 { return 0 }
      guard let number = RecordID.parse(digits) else { return -1 }
      return Int64(number)
    }
    guard let number = value.unsigned else { return -1 }
    return Int64(clamping: number)
  }

  /// A boolean, or nil.
  public func bool(_ key: Int) -> Bool? {
    guard let value = self[key] else { return nil }
    return value.bool
  }

  /// A number, or nil.
  public func number(_ key: Int) -> Double? {
    guard let value = self[key] else { return nil }
    return value.number
  }

  /// A time in any form that `Timestamp.parse` reads, in ms since 1970, or nil.
  public func time(_ key: Int) -> Int64? {
    guard let value = self[key], value.isString else { return nil }
    return Timestamp.parse(value.string)
  }
}
