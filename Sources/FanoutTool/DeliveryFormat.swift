internal import Bytes
internal import JSON
internal import Records
internal import Timelines

/// How whole timelines are written.
enum DeliveryFormat: String, CaseIterable {
  /// A `delivery` record each, a timeline after the other by user, newest first.
  case ndjson
  /// Redis commands for `redis-cli --pipe`: a sorted set a user.
  case resp

  /// Appends the timeline of `user`; `entries` are newest first.
  /// - Parameter replaces: whether an older one may lie in Redis, also of a user whose timeline is empty now.
  func append(_ user: UInt64, _ entries: [TimelineEntry], replaces: Bool, to out: inout ByteBuffer) {
    switch self {
    case .ndjson: for entry in entries { DeliveryRecord.append(user, entry, to: &out) }
    case .resp: Self.appendCommands(user, entries, replaces: replaces, to: &out)
    }
  }

  // One transaction a user, so that no reader sees half a timeline: the old one goes, the new one comes. A score is the time
  // in ms, which a double holds exactly; of one time Redis sorts members by bytes, which is by id where ids are equally long.
  private static func appendCommands(
    _ user: UInt64, _ entries: [TimelineEntry], replaces: Bool, to out: inout ByteBuffer
  ) {
    if entries.isEmpty && !replaces { return }
    var key = ByteBuffer(capacity: 32)
    key.append("timeline:")
    key.append(decimal: user)
    let isTransaction = !entries.isEmpty && replaces
    if isTransaction { command(1, "MULTI", &out) }
    if replaces {
      command(2, "DEL", &out)
      bulk(key.span, &out)
    }
    if !entries.isEmpty {
      command(2 + 2 * entries.count, "ZADD", &out)
      bulk(key.span, &out)
      var text = ByteBuffer(capacity: 32)
      for entry in entries {
        text.removeAll()
        text.append(decimal: entry.at)
        bulk(text.span, &out)
        text.removeAll()
        text.append(decimal: entry.tweet)
        bulk(text.span, &out)
      }
    }
    if isTransaction { command(1, "EXEC", &out) }
  }

  private static func command(_ words: Int, _ name: StaticString, _ out: inout ByteBuffer) {
    out.append("*")
    out.append(decimal: UInt64(words))
    out.append("\r\n$")
    out.append(decimal: UInt64(name.utf8CodeUnitCount))
    out.append("\r\n")
    out.append(name)
    out.append("\r\n")
  }

  private static func bulk(_ bytes: Span<UInt8>, _ out: inout ByteBuffer) {
    out.append("$")
    out.append(decimal: UInt64(bytes.count))
    out.append("\r\n")
    out.append(bytes)
    out.append("\r\n")
  }
}
