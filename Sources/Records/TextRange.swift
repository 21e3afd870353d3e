/// Where a string lies in its record's arena. `absent` is not the same as empty.
public struct TextRange: Equatable, Sendable {
  /// The first byte.
  public var start: Int32
  /// Bytes; −1 when the field is absent.
  public var count: Int32

  /// A range of the arena.
  public init(start: Int, count: Int) {
    self.start = Int32(start)
    self.count = Int32(count)
  }

  /// A field that the source did not have.
  public static let absent = TextRange(start: 0, count: -1)

  /// Whether the source had the field.
  public var isPresent: Bool { count >= 0 }
  /// Present, with at least one byte.
  public var hasText: Bool { count > 0 }
  /// The bytes it spans: none when absent.
  public var range: Range<Int> { Int(start)..<Int(start) + Int(max(count, 0)) }
}
