/// What several sorted runs have at their heads: the least one is at hand. A binary heap.
struct MergeHeap<Head: Comparable> {
  private var heads: [Head] = []

  /// Whether all runs have ended.
  var isEmpty: Bool { heads.isEmpty }
  /// The least head. - Precondition: there is one.
  var first: Head { heads[0] }

  /// The least but one: up to there the first run goes on undisturbed. nil where there is one run. - Complexity: O(1).
  var second: Head? {
    if heads.count > 2 { return min(heads[1], heads[2]) }
    return heads.count == 2 ? heads[1] : nil
  }

  /// Adds the head of a run. - Complexity: O(log runs).
  mutating func insert(_ head: Head) {
    heads.append(head)
    var place = heads.count - 1
    while place > 0, heads[place] < heads[(place - 1) / 2] {
      heads.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Puts what follows in the first run in the place of its head. - Complexity: O(log runs).
  mutating func replaceFirst(_ head: Head) {
    heads[0] = head
    sink()
  }

  /// Takes the first run's head, which was its last. - Complexity: O(log runs).
  mutating func removeFirst() {
    heads.swapAt(0, heads.count - 1)
    heads.removeLast()
    sink()
  }

  private mutating func sink() {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heads.count { return }
      if child + 1 < heads.count, heads[child + 1] < heads[child] { child += 1 }
      if !(heads[child] < heads[place]) { return }
      heads.swapAt(place, child)
      place = child
    }
  }
}
