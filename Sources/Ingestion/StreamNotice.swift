internal import JSON
internal import Records

/// `delete` and `scrub_geo` of the streaming API.
enum StreamNotice {
  private enum Key {
    static let table = KeyTable([
      "status", "timestamp_ms", "id", "id_str", "user_id", "user_id_str", "up_to_status_id",
      "up_to_status_id_str",
    ])
    static let status = 0, timestamp = 1, id = 2, idStr = 3, userID = 4, userIDStr = 5, upTo = 6, upToStr = 7
  }

  /// `{"status":{"id_str":…,"user_id_str":…},"timestamp_ms":…}`
  static func delete(_ value: borrowing JSONValue) throws(Rejection) -> Event {
    let fields = JSONFields(value, Key.table)
    guard let status = fields[Key.status], status.isObject else {
      throw Rejection(.unknownShape, "a delete notice without \"status\"")
    }
    let inner = JSONFields(status, Key.table)
    var event = Event(.delete)
    guard inner.has(Key.idStr) || inner.has(Key.id) else {
      throw Rejection(.missingID, "a delete notice without an id")
    }
    event.tweet = inner.has(Key.idStr) ? inner.id(Key.idStr) : inner.id(Key.id)
    guard event.tweet > 0 else { throw Rejection(.badID, "the id is no whole number from 1 to 2^63-1") }
    event.user = inner.has(Key.userIDStr) ? inner.id(Key.userIDStr) : inner.id(Key.userID)
    let time = fields.count(Key.timestamp)
    if time >= 0 { event.at = time }
    return event
  }

  /// `{"user_id_str":…,"up_to_status_id_str":…}`
  static func scrubGeo(_ value: borrowing JSONValue) throws(Rejection) -> Event {
    let fields = JSONFields(value, Key.table)
    var event = Event(.scrubGeo)
    event.user = fields.has(Key.userIDStr) ? fields.id(Key.userIDStr) : fields.id(Key.userID)
    event.tweet = fields.has(Key.upToStr) ? fields.id(Key.upToStr) : fields.id(Key.upTo)
    if event.user == 0 { throw Rejection(.missingID, "a scrub_geo notice without \"user_id\"") }
    let time = fields.count(Key.timestamp)
    if time >= 0 { event.at = time }
    return event
  }
}
