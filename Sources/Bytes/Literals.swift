/// Looking for literals at known places: what readers of fixed forms do at every step.
extension Span where Element == UInt8 {
  /// Whether the UTF-8 of `literal`, of at least one byte, stands at `offset`.
  ///
  /// Inlined, so that the literal's bytes are constants of a few comparisons. - Complexity: O(literal).
  @inlinable @inline(__always)
  public func has(_ literal: StaticString, at offset: Int) -> Bool {
    let size = literal.utf8CodeUnitCount
    precondition(offset >= 0)
    guard size > 0, size <= count &- offset else { return false }
    // SAFETY: `size` bytes lie at `offset`, and in the literal; no load goes beyond them.
    if size < 8 { return unsafe hasShort(literal, at: offset, size) }
    var index = 0
    while index &+ 8 < size {
      if unsafe load(offset &+ index, UInt64.self) != Self.load(literal, index, UInt64.self) { return false }
      index &+= 8
    }
    return unsafe load(offset &+ size &- 8, UInt64.self) == Self.load(literal, size &- 8, UInt64.self)
  }

  // Two loads that may overlap.
  @unsafe @inlinable @inline(__always)
  func hasShort(_ literal: StaticString, at offset: Int, _ size: Int) -> Bool {
    if size >= 4 {
      return unsafe load(offset, UInt32.self) == Self.load(literal, 0, UInt32.self)
        && load(offset &+ size &- 4, UInt32.self) == Self.load(literal, size &- 4, UInt32.self)
    }
    if size >= 2 {
      return unsafe load(offset, UInt16.self) == Self.load(literal, 0, UInt16.self)
        && load(offset &+ size &- 2, UInt16.self) == Self.load(literal, size &- 2, UInt16.self)
    }
    return unsafe load(offset, UInt8.self) == Self.load(literal, 0, UInt8.self)
  }

  @unsafe @inlinable @inline(__always)
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: T.Type) -> T {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self)
  }

  @unsafe @inlinable @inline(__always)
  static func load<T: FixedWidthInteger & BitwiseCopyable>(_ literal: StaticString, _ offset: Int, _: T.Type)
    -> T
  {
    unsafe UnsafeRawPointer(literal.utf8Start).loadUnaligned(fromByteOffset: offset, as: T.self)
  }
}
