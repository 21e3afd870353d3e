internal import Records

/// How the column of times is stored: as the difference from what the id says, which is mostly nothing.
package enum ColumnTime {
  package static func stored(_ time: Int64, id: UInt64) -> Int64 { time &- predicted(id) }
  package static func time(_ stored: Int64, id: UInt64) -> Int64 { stored &+ predicted(id) }

  // v1.1 writes times in whole seconds.
  private static func predicted(_ id: UInt64) -> Int64 {
    guard let time = Snowflake.time(id) else { return 0 }
    return time / 1000 * 1000
  }
}

/// How columns store counts: one higher, 0 for "the source did not say". The greatest number stays as it is.
package enum ColumnCount {
  package static func stored(_ count: Int64) -> Int64 { count == .max ? .max : count + 1 }
  /// The count; −1 when the source did not say.
  package static func count(_ stored: Int64) -> Int64 { max(stored, 0) - 1 }
}
