internal import Bytes

/// Puts texts that come one by one into clusters of near-duplicates, each named by the id of the text that began it.
///
/// A text joins the cluster of its nearest earlier text within `NearDuplicates.distance` bits, of equally near ones the one
/// remembered longest; so a cluster may hold texts that are farther apart. The same sequence gives the same clusters.
///
/// Two generations of texts are remembered. When the young one is full the old one is forgotten and the young one grows
/// old; an old text that is repeated becomes young again. What is repeated within `generation` distinct texts is never
/// forgotten, what is not repeated within twice as many always. Memory: at most 70 bytes a text, 146 MB in all.
public struct TextClusters: ~Copyable {
  /// Distinct texts in a generation.
  public static let generation = 1 << 20

  private var young: Generation
  private var old: Generation
  /// Distinct texts that were remembered and no longer are.
  public private(set) var forgotten = 0

  private struct Generation: ~Copyable {
    var index: FingerprintIndex
    var ids: LargeTable<UInt64>
    /// How many of its texts are in the younger one too.
    var renewed = 0

    init(_ capacity: Int) {
      index = FingerprintIndex(capacity: capacity)
      ids = LargeTable(zeroed: capacity)
    }
  }

  /// No clusters yet. Generations of other sizes are for tests.
  public init(generation: Int = Self.generation) {
    precondition(generation > 0)
    young = Generation(generation)
    old = Generation(generation)
  }

  /// The cluster of a text with `fingerprint`, which is not 0: `id` where it begins one.
  public mutating func cluster(of fingerprint: UInt64, id: UInt64) -> UInt64 {
    precondition(fingerprint != 0)
    let recent = young.index.nearest(fingerprint)
    if let recent, recent.distance == 0 { return young.ids[recent.place] }
    var cluster = id
    if let recent { cluster = young.ids[recent.place] }
    var isRenewed = false
    // One as near in the old generation was there before all in the young one.
    if let past = old.index.nearest(fingerprint), past.distance <= recent?.distance ?? Int.max {
      cluster = old.ids[past.place]
      isRenewed = past.distance == 0
    }
    if isRenewed { old.renewed += 1 }
    remember(fingerprint, cluster)
    return cluster
  }

  private mutating func remember(_ fingerprint: UInt64, _ cluster: UInt64) {
    if young.index.count == young.index.capacity {
      forgotten += old.index.count - old.renewed
      old.index.removeAll()
      old.renewed = 0
      swap(&young, &old)
    }
    young.ids[young.index.count] = cluster
    young.index.insert(fingerprint)
  }
}
