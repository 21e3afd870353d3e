/// One rule of a list: which trends it is about, and why.
struct TrendRule: Sendable {
  /// Which list it is of.
  let isAllowed: Bool
  /// Where it stands in its file.
  let line: Int
  /// Why; it goes into the output.
  var reason: [UInt8] = []
  /// Terms, folded; none for all.
  var terms: [StarPattern] = []
  /// Kinds; none for all.
  var kinds: Set<TrendKind> = []
  /// Places in small letters; none for all.
  var places: [StarPattern] = []
  /// It is in force from here, in ms since 1970.
  var from = Int64.min
  /// And before this.
  var until = Int64.max

  init(isAllowed: Bool, line: Int) {
    self.isAllowed = isAllowed
    self.line = line
  }

  /// Whether it is about a trend. A window counts that shares a moment with the time in which the rule is in force.
  func matches(_ subject: Subject) -> Bool {
    subject.windowStart < until && from < subject.windowEnd
      && (kinds.isEmpty || kinds.contains(subject.kind))
      && (terms.isEmpty || terms.contains { $0.matches(subject.term) })
      && (places.isEmpty || places.contains { $0.matches(subject.place) })
  }

  /// What rules are asked about.
  struct Subject {
    let kind: TrendKind
    let term: [UInt8]
    /// In small letters: codes of countries and languages are the same in capitals.
    let place: [UInt8]
    let windowStart: Int64
    let windowEnd: Int64

    init(kind: TrendKind, term: [UInt8], place: [UInt8], windowStart: Int64, windowEnd: Int64) {
      self.kind = kind
      self.term = term
      self.place = TrendRule.lower(place)
      self.windowStart = windowStart
      self.windowEnd = windowEnd
    }
  }

  /// Small letters, of ASCII.
  static func lower(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }
}
