internal import Bytes
internal import JSON

/// What a run counts of one tweet: a partial sum.
struct TweetCounters: Equatable {
  /// Of which tweet.
  var id: UInt64
  var likes = 0
  var retweets = 0
  var replies = 0
  var quotes = 0

  /// Nothing yet.
  init(_ id: UInt64) { self.id = id }

  /// Whether nothing was counted.
  var isEmpty: Bool { likes + retweets + replies + quotes == 0 }

  /// Counts one.
  mutating func count(_ kind: Occurrence.Kind) {
    switch kind {
    case .mention: break
    case .reply: replies += 1
    case .quote: quotes += 1
    case .retweet: retweets += 1
    case .like: likes += 1
    }
  }

  /// Appends the `counters` record, without what is 0, and a newline.
  func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"counters\",\"id\":\"")
    out.append(decimal: id)
    out.append(UInt8(ascii: "\""))
    Self.field(",\"likes\":", likes, &out)
    Self.field(",\"retweets\":", retweets, &out)
    Self.field(",\"replies\":", replies, &out)
    Self.field(",\"quotes\":", quotes, &out)
    out.append("}\n")
  }

  private static func field(_ key: StaticString, _ count: Int, _ out: inout ByteBuffer) {
    if count == 0 { return }
    out.append(key)
    out.append(decimal: UInt64(count))
  }
}
