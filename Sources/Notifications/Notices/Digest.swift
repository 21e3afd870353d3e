internal import Bytes
internal import JSON
internal import Records

/// What a user is told of one window of time, in one record.
struct Digest {
  let user: UInt64
  /// When it begins, in ms since 1970; `Notice.untimed` for what has no time.
  let start: Int64
  private let window: Int64
  private var counts = [Int](repeating: 0, count: Notice.Kind.allCases.count)
  private var actors: [UInt64] = []
  private var tweets: [UInt64] = []
  /// How many actors and tweets are named.
  static let named = 5

  /// An empty one.
  init(_ user: UInt64, start: Int64, window: Int64) {
    self.user = user
    self.start = start
    self.window = window
  }

  /// When the window begins in which a time lies: windows follow one another from 1970 on.
  static func start(of time: Int64, _ window: Int64) -> Int64 {
    if time <= Notice.untimed { return Notice.untimed }
    let rest = time % window
    return time - rest - (rest < 0 ? window : 0)
  }

  /// Adds a notice, in their order: the first actors and tweets are named.
  mutating func add(_ notice: Notice) {
    counts[Int(notice.kind.rawValue)] += 1
    if actors.count < Self.named, !actors.contains(notice.actor) { actors.append(notice.actor) }
    if notice.tweet > 0, tweets.count < Self.named, !tweets.contains(notice.tweet) {
      tweets.append(notice.tweet)
    }
  }

  /// Appends the `digest` record and a newline.
  func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"digest\",\"id\":\"digest:")
    out.append(decimal: user)
    if start > Notice.untimed {
      out.append(UInt8(ascii: ":"))
      Timestamp.append(start, to: &out)
      out.append(UInt8(ascii: ":"))
      out.append(decimal: UInt64(window / 1000))
    }
    out.append("\",\"user\":\"")
    out.append(decimal: user)
    if start > Notice.untimed {
      out.append("\",\"from\":\"")
      Timestamp.append(start, to: &out)
      out.append("\",\"to\":\"")
      Timestamp.append(start + window, to: &out)
    }
    out.append("\",\"counts\":")
    var mark: StaticString = "{\""
    for kind in Notice.Kind.allCases where counts[Int(kind.rawValue)] > 0 {
      out.append(mark)
      out.append(kind.name)
      out.append("\":")
      out.append(decimal: UInt64(counts[Int(kind.rawValue)]))
      mark = ",\""
    }
    out.append(UInt8(ascii: "}"))
    Self.list(",\"actors\":", actors, &out)
    Self.list(",\"tweets\":", tweets, &out)
    out.append("}\n")
  }

  private static func list(_ key: StaticString, _ ids: [UInt64], _ out: inout ByteBuffer) {
    if ids.isEmpty { return }
    out.append(key)
    var mark: StaticString = "[\""
    for id in ids {
      out.append(mark)
      out.append(decimal: id)
      mark = "\",\""
    }
    out.append("\"]")
  }
}
