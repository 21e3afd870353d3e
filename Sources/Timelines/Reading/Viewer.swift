internal import Commits

/// Whom a user follows at a time, and whom it does not see: what a timeline is read with.
///
/// - Complexity: O(its edges and changes), with a look-up of each followee in every segment.
struct Viewer {
  let user: UInt64
  let time: Int64
  /// The user's number in each segment, where it has one.
  private(set) var numbers: [UInt32?] = []
  /// Those followed, as numbers of each segment, ascending.
  private(set) var followees: [[UInt32]] = []
  // Those followed, ascending; only where there are several segments.
  private var followeeIDs: [UInt64] = []
  /// Those who block or are blocked, and who are muted, ascending.
  private var hidden: [UInt64] = []

  init(_ store: TimelineStore, _ user: UInt64, at time: Int64) throws(SegmentError) {
    self.user = user
    self.time = time
    for segment in store.segments { numbers.append(try segment.number(of: user)) }
    followeeIDs = store.segments.count == 1 ? [] : try follows(store)
    for kind in [ChangeKind.block, .blockedBy, .mute] {
      for (id, state) in try states(store, kind) where state & 1 == 0 { hidden.append(id) }
    }
    hidden.sort()
    if store.segments.count == 1 {
      followees.append(try follows(store.segments[0], numbers[0]))
      return
    }
    for segment in store.segments {
      var list: [UInt32] = []
      list.reserveCapacity(followeeIDs.count)
      var place = 0
      for id in followeeIDs {
        place = try segment.place(of: id, from: place)
        if place == segment.users { break }
        if try segment.id(UInt32(place)) == id { list.append(UInt32(place)) }
      }
      followees.append(list)
    }
  }

  // Of one segment its numbers are enough: no id is looked up.
  private func follows(_ segment: TimelineSegment, _ number: UInt32?) throws(SegmentError) -> [UInt32] {
    guard let number else { return [] }
    var list: [UInt32] = []
    try segment.followees(number, into: &list)
    if segment.changes.count(.follow) == 0 { return list }
    var states: [UInt32: Int64] = [:]
    let time = self.time
    try segment.changes.forEach(.follow, number) { row throws(SegmentError) in
      if row.at <= time { states[row.other] = max(states[row.other] ?? .min, row.stamp) }
    }
    if states.isEmpty { return list }
    list.removeAll { states[$0] != nil }
    for (other, stamp) in states where stamp & 1 == 0 { list.append(other) }
    return list.sortedDistinct()
  }

  // Edges of all segments, less those ended, and those begun since.
  private func follows(_ store: TimelineStore) throws(SegmentError) -> [UInt64] {
    var ids: [UInt64] = []
    var list: [UInt32] = []
    var sources = 0
    for (segment, number) in zip(store.segments, numbers) {
      guard let number else { continue }
      try segment.followees(number, into: &list)
      if !list.isEmpty { sources += 1 }
      for other in list { ids.append(try segment.id(other)) }
    }
    if sources > 1 { ids = ids.sortedDistinct() }
    let states = try states(store, .follow)
    if states.isEmpty { return ids }
    ids.removeAll { states[$0] != nil }
    for (id, state) in states where state & 1 == 0 { ids.append(id) }
    return ids.sortedDistinct()
  }

  // The last stamp until the time, of each account of which anything was said: even where it is in force.
  private func states(_ store: TimelineStore, _ kind: ChangeKind) throws(SegmentError) -> [UInt64: Int64] {
    var states: [UInt64: Int64] = [:]
    for (segment, number) in zip(store.segments, numbers) {
      guard let number, segment.changes.count(kind) > 0 else { continue }
      let time = self.time
      try segment.changes.forEach(kind, number) { row throws(SegmentError) in
        if row.at > time { return }
        let id = try segment.id(row.other)
        states[id] = max(states[id] ?? .min, row.stamp)
      }
    }
    return states
  }

  /// Whether a user of a segment is followed. - Complexity: O(log followees).
  func follows(_ segment: Int, _ number: UInt32) -> Bool { followees[segment].holds(number) }

  /// Whether an account is followed, by its id. - Complexity: O(segments × log users).
  func follows(_ store: TimelineStore, _ id: UInt64) throws(SegmentError) -> Bool {
    for (index, segment) in store.segments.enumerated() {
      if let number = try segment.number(of: id) { return follows(index, number) }
    }
    return false
  }

  /// Whether what an account makes is hidden. - Complexity: O(log n).
  func hides(_ id: UInt64) -> Bool { !hidden.isEmpty && hidden.holds(id) }

  /// Whether anything is hidden at all.
  var hidesNobody: Bool { hidden.isEmpty }
}

extension Array where Element: Comparable {
  /// Whether an ascending list holds `wanted`. - Complexity: O(log n).
  package func holds(_ wanted: Element) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == wanted
  }

  /// In order, each once. - Complexity: O(n log n).
  package func sortedDistinct() -> [Element] {
    var list = sorted()
    var kept = 0
    for index in list.indices where index == 0 || list[index] != list[kept - 1] {
      list[kept] = list[index]
      kept += 1
    }
    list.removeLast(list.count - kept)
    return list
  }
}
