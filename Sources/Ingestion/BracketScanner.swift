internal import Bytes

/// Where a value that breaks the grammar probably ends, by its brackets alone.
enum BracketScanner {
  /// What was found.
  enum Outcome: Equatable {
    /// The brackets close before this place.
    case closed(Int)
    /// A line that looks like the beginning of another value.
    case otherValue(Int)
    /// A raw control character stands in a string: the quotes are not to be trusted.
    case lost
    /// The bytes ended first.
    case ended
  }

  /// Scans `bytes` from `start`, where the value begins `column` bytes into its line.
  ///
  /// A line that begins at most as far in as the value did, with `{` or `[`, is taken for another value: laid-out JSON
  /// indents what is inside.
  static func scan(_ bytes: Span<UInt8>, from start: Int, column: Int) -> Outcome {
    var depth = 0
    var index = start
    let count = bytes.count
    while index < count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return .closed(index) }
        depth -= 1
        if depth == 0 { return .closed(index + 1) }
      case UInt8(ascii: ",") where depth == 0: return .closed(index)
      case UInt8(ascii: "\""):
        index += 1
        while index < count, bytes[index] != UInt8(ascii: "\"") {
          if bytes[index] < 0x20 { return .lost }
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case 0x0A, 0x0D:
        let line = index + 1
        var first = line
        while first < count, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
        if first < count, first - line <= column,
          bytes[first] == UInt8(ascii: "{") || bytes[first] == UInt8(ascii: "[")
        {
          return .otherValue(first)
        }
      default: break
      }
      index += 1
    }
    return .ended
  }

  /// The first line behind `start` that begins at most `column` bytes in and not with what closes or joins values.
  static func nextLine(_ bytes: Span<UInt8>, from start: Int, column: Int) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      var first = index
      while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
      guard first < bytes.count, first - index <= column else { continue }
      switch bytes[first] {
      case 0x0A, 0x0D, UInt8(ascii: "}"), UInt8(ascii: ","): continue
      case UInt8(ascii: "]"): if first - index == 0 && column == 0 { return first }
      default: return first
      }
    }
    return nil
  }
}
