package import Commits

/// Ascending ids inside a member: u64 each.
package struct IDList: Sendable {
  private let member: CheckedMember
  private let start: Int
  /// How many.
  package let count: Int

  /// `count` ids from byte `start` on.
  init(_ member: CheckedMember, from start: Int, count: Int) {
    self.member = member
    self.start = start
    self.count = count
  }

  /// The id at a place. - Throws: `.corrupt`, also for a place that is none.
  package func id(_ place: Int) throws(SegmentError) -> UInt64 {
    try member.load(start + 8 * place, as: UInt64.self)
  }

  /// Whether an id is there. - Complexity: O(log n).
  package func holds(_ wanted: UInt64) throws(SegmentError) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try id(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return try low < count ? id(low) == wanted : false
  }

  /// - Throws: `.corrupt` for ids that do not rise.
  func checkOrder() throws(SegmentError) {
    for place in 1..<max(count, 1) {
      guard try id(place - 1) < id(place) else { throw member.corrupt(start + 8 * place, "ids out of order") }
    }
  }
}
