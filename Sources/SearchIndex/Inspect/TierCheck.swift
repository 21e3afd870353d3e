internal import Commits

/// Walks along the tiers of a list while someone walks along the list, and compares.
struct TierCheck: ~Copyable {
  private let isTiered: Bool
  private var short: PostingsCursor
  private var repeated: PostingsCursor

  /// Before the first documents of the tiers of `list`.
  init(_ list: PostingsBlocks) throws(SegmentError) {
    let tiers = (try list.short(), try list.repeated())
    var short = PostingsCursor(tiers.0 ?? list)
    var repeated = PostingsCursor(tiers.1 ?? list)
    if tiers.0 != nil {
      try short.next()
      try repeated.next()
    }
    isTiered = tiers.0 != nil
    self.short = short
    self.repeated = repeated
  }

  /// Whether the tier in which the next document of the list must lie has it, as often.
  mutating func agree(_ document: Int, frequency: Int, length: Int) throws(SegmentError) -> Bool {
    if !isTiered { return true }
    if length <= Int(SegmentFormat.shortText) { return try Self.take(document, frequency, from: &short) }
    return frequency == 1 ? true : try Self.take(document, frequency, from: &repeated)
  }

  private static func take(_ document: Int, _ frequency: Int, from tier: inout PostingsCursor)
    throws(SegmentError) -> Bool
  {
    guard tier.document == document, try tier.frequency() == frequency else { return false }
    try tier.next()
    return true
  }

  /// Whether nothing is left in them.
  func areOver() -> Bool {
    !isTiered || (short.document == PostingsCursor.end && repeated.document == PostingsCursor.end)
  }
}
