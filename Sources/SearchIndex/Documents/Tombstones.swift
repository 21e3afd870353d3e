package import Bytes
package import Commits
package import Records

// The member `tombstones`: what was asked to go, kept for ever, also for tweets not seen yet.
//
//   u32 deletes, u32 user deletes, u32 scrubs
//   deletes, by id: u64 id each, then u64 user each (0: not said), then i64 time each (ms since 1970, least value: not said)
//   user deletes, by user: u64 user each, then i64 time each
//   scrubs, by user: u64 user each, then u64 up to which tweet each (0: all), then i64 time each
/// Builds the member out of events.
package struct TombstoneBuilder {
  private var events: [Event] = []

  /// None yet.
  package init() {}

  /// Adds events; of several that ask for the same the one with the earliest time stays.
  package mutating func add(_ more: [Event]) { events += more }

  package var isEmpty: Bool { events.isEmpty }

  /// Appends the member.
  package func encode(to out: inout ByteBuffer) {
    let (deletes, users, scrubs) = (deletes, users, scrubs)
    for count in [deletes.count, users.count, scrubs.count] { out.append(littleEndian: UInt32(count)) }
    for event in deletes { out.append(littleEndian: event.tweet) }
    for event in deletes { out.append(littleEndian: event.user) }
    for event in deletes { out.append(littleEndian: event.at ?? .min) }
    for event in users { out.append(littleEndian: event.user) }
    for event in users { out.append(littleEndian: event.at ?? .min) }
    for event in scrubs { out.append(littleEndian: event.user) }
    for event in scrubs { out.append(littleEndian: event.tweet) }
    for event in scrubs { out.append(littleEndian: event.at ?? .min) }
  }

  private var deletes: [Event] { distinct(events.filter { $0.kind == .delete }) { ($0.tweet, 0) } }
  private var users: [Event] { distinct(events.filter { $0.kind == .userDelete }) { ($0.user, 0) } }
  // Of several for one account only the one that reaches furthest: who came first must not show.
  private var scrubs: [Event] {
    let all = distinct(events.filter { $0.kind == .scrubGeo }) { ($0.user, $0.scrubLimit) }
    return all.indices.filter { $0 + 1 == all.count || all[$0 + 1].user != all[$0].user }.map { all[$0] }
  }

  /// All, each once, in the member's order.
  var distinctEvents: [Event] { deletes + users + scrubs }

  private func distinct(_ events: [Event], _ key: (Event) -> (UInt64, UInt64)) -> [Event] {
    let sorted = events.sorted { a, b in
      let (x, y) = (key(a), key(b))
      if x != y { return x < y }
      return a.rank < b.rank
    }
    var kept: [Event] = []
    for event in sorted {
      if let last = kept.last, key(last) == key(event) { continue }
      kept.append(event)
    }
    return kept
  }
}

extension Event {
  // Up to which tweet places are forgotten.
  fileprivate var scrubLimit: UInt64 { tweet == 0 ? .max : tweet }
  // What decides between two that ask for the same.
  fileprivate var rank: (Int64, UInt64) { (at ?? .max, user) }
}

/// Reads the member in place.
package struct TombstoneReader: Sendable {
  private let member: CheckedMember
  private let deletes: Int
  private let users: Int
  private let scrubs: Int

  init(_ member: CheckedMember) throws(SegmentError) {
    self.member = member
    deletes = Int(try member.load(0, as: UInt32.self))
    users = Int(try member.load(4, as: UInt32.self))
    scrubs = Int(try member.load(8, as: UInt32.self))
    guard member.count == 12 + 24 * deletes + 16 * users + 24 * scrubs else {
      throw member.corrupt(0, "\(deletes + users + scrubs) tombstones in \(member.count) bytes")
    }
  }

  /// Whether there are none.
  package var isEmpty: Bool { deletes + users + scrubs == 0 }

  /// Whether the tweet was deleted. - Complexity: O(log n).
  package func deletesTweet(_ id: UInt64) throws(SegmentError) -> Bool {
    let place = try first(id, 12, deletes)
    guard place < deletes else { return false }
    return try member.load(12 + 8 * place, as: UInt64.self) == id
  }

  /// Whether all tweets of the account were deleted.
  package func deletesUser(_ id: UInt64) throws(SegmentError) -> Bool {
    let base = 12 + 24 * deletes
    let place = try first(id, base, users)
    guard place < users else { return false }
    return try member.load(base + 8 * place, as: UInt64.self) == id
  }

  /// Whether the place of a tweet of this account was to be forgotten.
  package func scrubsGeo(of user: UInt64, tweet: UInt64) throws(SegmentError) -> Bool {
    let base = 12 + 24 * deletes + 16 * users
    var place = try first(user, base, scrubs)
    while place < scrubs, try member.load(base + 8 * place, as: UInt64.self) == user {
      let upTo = try member.load(base + 8 * (scrubs + place), as: UInt64.self)
      if upTo == 0 || tweet <= upTo { return true }
      place += 1
    }
    return false
  }

  /// Whether a builder that has all of these would keep nothing of `event`: one asks for as much, and no later.
  package func holds(_ event: Event) throws(SegmentError) -> Bool {
    var known = Event(event.kind)
    switch event.kind {
    case .delete:
      let place = try first(event.tweet, 12, deletes)
      guard place < deletes, try member.load(12 + 8 * place, as: UInt64.self) == event.tweet else {
        return false
      }
      known.user = try member.load(12 + 8 * (deletes + place), as: UInt64.self)
      known.at = try time(12 + 8 * (2 * deletes + place))
    case .userDelete:
      let base = 12 + 24 * deletes
      let place = try first(event.user, base, users)
      guard place < users, try member.load(base + 8 * place, as: UInt64.self) == event.user else {
        return false
      }
      known.user = event.user
      known.at = try time(base + 8 * (users + place))
    default:
      let base = 12 + 24 * deletes + 16 * users
      var place = try first(event.user, base, scrubs)
      while place < scrubs, try member.load(base + 8 * place, as: UInt64.self) == event.user {
        known.user = event.user
        known.tweet = try member.load(base + 8 * (scrubs + place), as: UInt64.self)
        known.at = try time(base + 8 * (2 * scrubs + place))
        if known.scrubLimit > event.scrubLimit { return true }
        if known.scrubLimit == event.scrubLimit, known.rank <= event.rank { return true }
        place += 1
      }
      return false
    }
    return known.rank <= event.rank
  }

  private func time(_ place: Int) throws(SegmentError) -> Int64? {
    let time = try member.load(place, as: Int64.self)
    return time == .min ? nil : time
  }

  // The first of `count` rising words from `base` that is not below `wanted`.
  private func first(_ wanted: UInt64, _ base: Int, _ count: Int) throws(SegmentError) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try member.load(base + 8 * middle, as: UInt64.self) < wanted {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// All of them, as events, in the member's order.
  package func events() throws(SegmentError) -> [Event] {
    var events: [Event] = []
    for index in 0..<deletes {
      var event = Event(.delete)
      event.tweet = try member.load(12 + 8 * index, as: UInt64.self)
      event.user = try member.load(12 + 8 * (deletes + index), as: UInt64.self)
      event.at = try time(12 + 8 * (2 * deletes + index))
      events.append(event)
    }
    var base = 12 + 24 * deletes
    for index in 0..<users {
      var event = Event(.userDelete)
      event.user = try member.load(base + 8 * index, as: UInt64.self)
      event.at = try time(base + 8 * (users + index))
      events.append(event)
    }
    base += 16 * users
    for index in 0..<scrubs {
      var event = Event(.scrubGeo)
      event.user = try member.load(base + 8 * index, as: UInt64.self)
      event.tweet = try member.load(base + 8 * (scrubs + index), as: UInt64.self)
      event.at = try time(base + 8 * (2 * scrubs + index))
      events.append(event)
    }
    return events
  }
}
