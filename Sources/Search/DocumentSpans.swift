/// The documents that bounds of times and ids leave: documents lie in the order of their ids, so these are a few runs, and
/// all else is passed over unread.
struct DocumentSpans: Equatable {
  /// Rising, apart from each other, none empty.
  private(set) var runs: [Range<Int>]

  /// One run, or none.
  init(_ run: Range<Int>) { runs = run.isEmpty ? [] : [run] }

  /// Of runs that rise; those that touch become one.
  init(rising runs: [Range<Int>]) {
    self.runs = []
    for run in runs where !run.isEmpty {
      if let last = self.runs.last, last.upperBound >= run.lowerBound {
        self.runs[self.runs.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
      } else {
        self.runs.append(run)
      }
    }
  }

  /// How many documents.
  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// The last document; 0 where there is none.
  var last: UInt32 { UInt32(clamping: (runs.last?.upperBound ?? 1) - 1) }

  /// The first document from `target` on; `DocIterator.end` behind the last. - Complexity: O(log runs).
  func first(from target: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound <= target { low = middle + 1 } else { high = middle }
    }
    return low == runs.count ? DocIterator.end : max(target, runs[low].lowerBound)
  }

  /// What lies in both. - Complexity: O(runs of both).
  func intersection(_ other: DocumentSpans) -> DocumentSpans {
    var common: [Range<Int>] = []
    var (mine, others) = (0, 0)
    while mine < runs.count, others < other.runs.count {
      common.append(runs[mine].clamped(to: other.runs[others]))
      if runs[mine].upperBound < other.runs[others].upperBound { mine += 1 } else { others += 1 }
    }
    return DocumentSpans(rising: common)
  }
}
