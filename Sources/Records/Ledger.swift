/// What became of every record. Each term is counted where it happens, never by subtraction.
public struct Ledger: Sendable, Equatable {
  /// Top-level tweets and events read.
  public var read = 0
  /// Records that `--expand` took out of others.
  public var expanded = 0
  /// Records written to the output.
  public var written = 0
  /// Dropped because the id was seen.
  public var duplicate = 0
  /// Refused, with a reason.
  public var rejected = 0
  /// Left out by a filter, and stream notices without data.
  public var filtered = 0
  /// Set aside by a rule.
  public var quarantined = 0
  /// Input used by a tool whose output is no copy of it.
  public var applied = 0
  /// What such a tool put out: outside the sum.
  public var emitted = 0
  /// Further counts, in the order they are shown.
  public var details: [(name: String, count: Int)] = []

  /// All zero.
  public init() {}

  /// `read + expanded = written + duplicate + rejected + filtered + quarantined + applied`.
  public var isBalanced: Bool {
    read + expanded == written + duplicate + rejected + filtered + quarantined + applied
  }

  /// Adds `count` to a detail.
  public mutating func add(_ name: String, _ count: Int = 1) {
    if let place = details.firstIndex(where: { $0.name == name }) {
      details[place].count += count
    } else {
      details.append((name, count))
    }
  }

  /// Adds all of another ledger.
  public mutating func add(_ other: Ledger) {
    read += other.read
    expanded += other.expanded
    written += other.written
    duplicate += other.duplicate
    rejected += other.rejected
    filtered += other.filtered
    quarantined += other.quarantined
    applied += other.applied
    emitted += other.emitted
    for detail in other.details { add(detail.name, detail.count) }
  }

  /// The terms in the contract's order.
  public var terms: [(name: String, count: Int)] {
    [
      ("read", read), ("expanded", expanded), ("written", written), ("duplicate", duplicate),
      ("rejected", rejected), ("filtered", filtered), ("quarantined", quarantined), ("applied", applied),
      ("emitted", emitted),
    ]
  }

  /// Equal terms and details.
  public static func == (a: Ledger, b: Ledger) -> Bool {
    a.terms.elementsEqual(b.terms, by: ==) && a.details.elementsEqual(b.details, by: ==)
  }
}
