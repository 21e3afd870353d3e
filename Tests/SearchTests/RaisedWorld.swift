import IndexTestSupport
import TestSupport

/// Tweets as a dictionary knows them, and the lines that tell an index the same: records in any order and version,
/// counters, deletes. What `counts` say of a tweet is likes, retweets, replies and quotes, −1 for what nobody said.
struct RaisedWorld {
  struct Tweet: Equatable {
    var id: UInt64
    var text: String
    var counts: [Int64]

    var user: UInt64 { id % 7 + 1 }
    var line: String { RaisedWorld.line(id, text, counts) }
    func count(_ field: Int) -> Int64 { max(counts[field], 0) }
  }

  static let fields = ["likes", "retweets", "replies", "quotes"]
  private(set) var live: [UInt64: Tweet] = [:]
  private(set) var deleted: [UInt64] = []
  private(set) var gone: [UInt64] = []
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static func line(_ id: UInt64, _ text: String, _ counts: [Int64]) -> String {
    let known = zip(fields, counts).filter { $0.1 >= 0 }.map { "\"\($0.0)\":\($0.1)" }
    return "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"2018-08-29T20:21:02.000Z\","
      + "\"user\":{\"id\":\"\(id % 7 + 1)\"},\"text\":\"\(text)\""
      + (known.isEmpty ? "}" : ",\"counts\":{\(known.joined(separator: ","))}}")
  }

  /// What an index of it is dumped as, but for what was deleted.
  var lines: [String] { live.values.sorted { $0.id < $1.id }.map(\.line) }
  /// What tells an index of all that was deleted.
  var deletes: [String] {
    deleted.map { "{\"type\":\"delete\",\"id\":\"\($0)\"}" }
      + gone.map { "{\"type\":\"user_delete\",\"user\":\"\($0)\"}" }
  }

  private mutating func id() -> UInt64 { 5000 + UInt64.random(in: 0..<90, using: &random) * 13 }

  /// Records, also of tweets that are there or were deleted.
  mutating func records() -> [String] {
    (0..<Int.random(in: 1..<25, using: &random)).map { _ in
      let id = id()
      let text = ["crane", "crane crane heron", "heron stork"][Int.random(in: 0..<3, using: &random)]
      let counts = (0..<4).map { _ in
        Bool.random(using: &random) ? -1 : Int64.random(in: 0..<30, using: &random)
      }
      if !deleted.contains(id), !gone.contains(id % 7 + 1) {
        let known = live[id]?.counts ?? counts
        live[id] = Tweet(id: id, text: text, counts: zip(counts, known).map { max($0, $1) })
      }
      return Self.line(id, text, counts)
    }
  }

  /// Counters, one or two a tweet, also of tweets that are not there; and how many rise.
  mutating func counters() -> (lines: [String], rising: Int) {
    var sums: [UInt64: [Int64]] = [:]
    let lines = (0..<Int.random(in: 1..<40, using: &random)).map { _ in
      let id = id()
      let field = Int.random(in: 0..<4, using: &random)
      let count = Int64.random(in: -3..<40, using: &random)
      sums[id, default: [0, 0, 0, 0]][field] += count
      return IndexLab.counters(id, "\"\(Self.fields[field])\":\(count)")
    }
    var rising = 0
    for (id, sum) in sums {
      guard var tweet = live[id] else { continue }
      for field in 0..<4 where sum[field] > tweet.count(field) { tweet.counts[field] = sum[field] }
      if tweet != live[id] { rising += 1 }
      live[id] = tweet
    }
    return (lines, rising)
  }

  /// A delete of a tweet, or seldom of an account.
  mutating func delete() -> String {
    if Int.random(in: 0..<6, using: &random) == 0 {
      let user = UInt64.random(in: 1..<8, using: &random)
      if !gone.contains(user) { gone.append(user) }
      live = live.filter { $0.value.user != user }
      return "{\"type\":\"user_delete\",\"user\":\"\(user)\"}"
    }
    let id = id()
    if !deleted.contains(id) { deleted.append(id) }
    live[id] = nil
    return "{\"type\":\"delete\",\"id\":\"\(id)\"}"
  }
}
