internal import Commits

/// Whose tweets a user sees at a time, and what is hidden from it: what a timeline is read with.
///
/// - Complexity: O(its edges and changes). What its authors are called in a segment is only looked up where their lists are
///   merged: most questions need a few of them.
struct Viewer {
  let user: UInt64
  let time: Int64
  private let store: TimelineStore
  /// The user's number in each segment, where it has one.
  private(set) var numbers: [UInt32?] = []
  // Those followed and the user itself, ascending: as numbers of the only segment, or as ids where there are several.
  private var authorNumbers: [UInt32] = []
  private var authorIDs: [UInt64] = []
  // Those who block or are blocked, and who are muted, ascending.
  private var hidden: [UInt64] = []

  init(_ store: TimelineStore, _ user: UInt64, at time: Int64) throws(SegmentError) {
    self.store = store
    self.user = user
    self.time = time
    for segment in store.segments { numbers.append(try segment.number(of: user)) }
    if store.segments.count == 1 {
      authorNumbers = try follows(store.segments[0], numbers[0])
      if let own = numbers[0] { authorNumbers.insert(distinct: own) }
    } else {
      authorIDs = try follows(store)
      authorIDs.insert(distinct: user)
    }
    for kind in [ChangeKind.block, .blockedBy, .mute] {
      for (id, state) in try states(store, kind) where state & 1 == 0 { hidden.append(id) }
    }
    hidden.sort()
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

  /// Whether a user of a segment is followed, or is the user itself. - Complexity: O(log authors).
  func sees(_ segment: Int, _ number: UInt32) throws(SegmentError) -> Bool {
    if store.segments.count == 1 { return authorNumbers.holds(number) }
    return authorIDs.holds(try store.segments[segment].id(number))
  }

  /// Whether an account is followed, or is the user itself. - Complexity: O(log users).
  func sees(_ id: UInt64) throws(SegmentError) -> Bool {
    if store.segments.count > 1 { return authorIDs.holds(id) }
    return try store.segments.first?.number(of: id).map { authorNumbers.holds($0) } ?? false
  }

  /// Those followed and the user itself, as numbers of a segment, ascending. - Complexity: O(authors × log users).
  func authors(in segment: Int) throws(SegmentError) -> [UInt32] {
    if store.segments.count == 1 { return authorNumbers }
    var list: [UInt32] = []
    var place = 0
    let segment = store.segments[segment]
    for id in authorIDs {
      place = try segment.place(of: id, from: place)
      if place == segment.users { break }
      if try segment.id(UInt32(place)) == id { list.append(UInt32(place)) }
    }
    return list
  }

  /// Whether what an account makes is hidden. - Complexity: O(log n).
  func hides(_ id: UInt64) -> Bool { !hidden.isEmpty && hidden.holds(id) }
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

  /// Puts an element in its place, unless it is there.
  mutating func insert(distinct element: Element) {
    let place = firstIndex { $0 >= element } ?? count
    if place == count || self[place] != element { insert(element, at: place) }
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
