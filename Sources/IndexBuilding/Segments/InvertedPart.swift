/// Terms with their documents, for the documents of some batches: their lists, one behind the other. Several parts are
/// made side by side and read one behind the other.
final class InvertedPart: Sendable {
  /// Per rank, where its entries begin; at last their number.
  let starts: [UInt32]
  /// Document numbers, rising within a rank where the batches' ids do not overlap.
  let documents: [UInt32]
  /// Positions, beside the documents.
  let positions: [UInt16]

  /// Joins the lists of `batches`; `numbers` gives per batch and place the document.
  /// - Complexity: O(tokens + ranks). Memory: 6 bytes a token, 4 a rank.
  init(_ batches: [(batch: IndexBatch, numbers: [UInt32])], _ ranks: TermRanks, isComplete: Bool) {
    var next = [UInt32](repeating: 0, count: ranks.numbers.count + 1)
    for part in batches {
      if isComplete {
        Self.count(part.batch.content.lists, ranks.ranks, &next)
      } else {
        Self.countLive(part.batch.content.lists, part.numbers, ranks.ranks, &next)
      }
    }
    // From counts to where each rank's entries begin.
    var total: UInt32 = 0
    for rank in next.indices { (next[rank], total) = (total, total + next[rank]) }
    starts = next
    var documents = [UInt32](repeating: 0, count: Int(total))
    var positions = [UInt16](repeating: 0, count: Int(total))
    for part in batches {
      Self.copy(part.batch.content.lists, part.numbers, ranks.ranks, &next, &documents, &positions)
      part.batch.content.lists = TermLists()
    }
    self.documents = documents
    self.positions = positions
  }

  private static func count(_ lists: borrowing TermLists, _ ranks: [UInt32], _ counts: inout [UInt32]) {
    for list in lists.terms.indices {
      counts[Int(ranks[Int(lists.terms[list])])] += lists.starts[list + 1] - lists.starts[list]
    }
  }

  private static func countLive(
    _ lists: borrowing TermLists, _ numbers: [UInt32], _ ranks: [UInt32], _ counts: inout [UInt32]
  ) {
    for list in lists.terms.indices {
      for entry in Int(lists.starts[list])..<Int(lists.starts[list + 1])
      where numbers[Int(lists.documents[entry])] != DocumentOrder.none {
        counts[Int(ranks[Int(lists.terms[list])])] += 1
      }
    }
  }

  private static func copy(
    _ lists: borrowing TermLists, _ numbers: [UInt32], _ ranks: [UInt32], _ next: inout [UInt32],
    _ documents: inout [UInt32], _ positions: inout [UInt16]
  ) {
    for list in lists.terms.indices {
      let rank = ranks[Int(lists.terms[list])]
      if rank == TermRanks.unused { continue }
      var place = Int(next[Int(rank)])
      for entry in Int(lists.starts[list])..<Int(lists.starts[list + 1]) {
        let document = numbers[Int(lists.documents[entry])]
        if document == DocumentOrder.none { continue }
        documents[place] = document
        positions[place] = lists.positions[entry]
        place += 1
      }
      next[Int(rank)] = UInt32(place)
    }
  }

  /// The entries of a rank.
  @inline(__always)
  func entries(_ rank: Int) -> Range<Int> { Int(starts[rank])..<Int(starts[rank + 1]) }
}
