/// The parts of a long list that hold nearly all of a query's best documents: kept apart, so that a ranked search can begin
/// with them and mostly end with them (tiered indexes: C. Manning, P. Raghavan, H. Schütze, "Introduction to Information
/// Retrieval", 2008, §7.2.1). Of tweets a tenth of a list lies in them.
struct PostingTiers {
  /// Documents of a list, with how often each holds the term.
  struct Tier {
    var documents: [UInt32] = []
    var counts: [UInt32] = []

    mutating func append(_ document: UInt32, _ count: UInt32) {
      documents.append(document)
      counts.append(count)
    }

    mutating func removeAll() {
      documents.removeAll(keepingCapacity: true)
      counts.removeAll(keepingCapacity: true)
    }
  }

  /// Documents of at most `SegmentFormat.shortText` positions.
  private(set) var short = Tier()
  /// Longer ones that hold the term more than once.
  private(set) var repeated = Tier()

  /// Divides a list; documents that lie in neither tier are longer, and hold the term once. - Complexity: O(documents).
  mutating func divide(_ documents: Span<UInt32>, _ counts: Span<UInt32>, _ lengths: Span<UInt32>) {
    short.removeAll()
    repeated.removeAll()
    for index in documents.indices {
      if lengths[Int(documents[index])] <= SegmentFormat.shortText {
        short.append(documents[index], counts[index])
      } else if counts[index] > 1 {
        repeated.append(documents[index], counts[index])
      }
    }
  }
}
