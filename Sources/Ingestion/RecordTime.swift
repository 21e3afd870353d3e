internal import JSON
internal import Records

/// Which time a tweet gets: its own, or the one in its id.
enum RecordTime {
  /// The required time of a tweet. - Throws: bad-time, missing-time.
  static func resolve(_ fields: borrowing JSONFields, _ key: Int, id: UInt64) throws(Rejection) -> Int64 {
    try resolve(fields.time(key), isThere: fields.has(key), id: id)
  }

  /// The same for a time that was read already: nil when it was there and could not be read.
  static func resolve(_ time: Int64?, isThere: Bool, id: UInt64) throws(Rejection) -> Int64 {
    guard isThere else {
      if let time = Snowflake.time(id) { return time }
      throw Rejection(.missingTime, "no time, and the id is too old to carry one")
    }
    guard let time else { throw Rejection(.badTime, "the time is in no known form") }
    return reconciled(time, id: id) ?? time
  }

  /// A time of exactly midnight on the id's own day is a date without a time of day and takes the id's time.
  static func reconciled(_ time: Int64?, id: UInt64) -> Int64? {
    guard let time, time % Timestamp.day == 0, let fromID = Snowflake.time(id),
      Timestamp.dayNumber(fromID) == Timestamp.dayNumber(time)
    else { return time }
    return fromID
  }
}
