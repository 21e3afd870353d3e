/// The strongest terms of each place over a whole run: what a page shows.
///
/// A term is as strong as its row with the highest score. The terms and places that are shown are exactly the strongest;
/// of one that was dropped as too weak and came back stronger, the windows before are not known any more. Memory: about
/// 3 KB a term, at most 128 terms a place and 400 places.
public struct StrongestTerms: Sendable {
  /// The most terms a place that are shown; more are held.
  public static let shownTerms = 50
  /// The most places that are shown; more are held.
  public static let shownPlaces = 200
  static let heldTerms = 128
  static let heldPlaces = 400

  /// A term at a place.
  struct Topic: Sendable {
    /// The row with the highest score, of equals the first.
    var peak: Trend
    /// The last row.
    var last: Trend
    /// The onset of the first episode.
    var onset: Int64
    var series: UserSeries
  }

  private var places: [PlaceName: [TermName: Topic]] = [:]
  /// Rows so far, and the windows they span, in ms since 1970.
  private(set) var rows = 0
  private(set) var start = Int64.max
  private(set) var end = Int64.min
  /// Rows that rules denied; they count nowhere else.
  private(set) var denied = DeniedTerms()

  /// Nothing yet.
  public init() {}

  /// Adds rows in the order of an engine: windows never go back.
  public mutating func add(_ rows: [Trend]) {
    for row in rows {
      if row.denial == nil { add(row) } else { denied.add(row) }
    }
  }

  /// Places in their order, each with its terms, the strongest first; equal ones in byte order.
  var strongest: [(place: PlaceName, topics: [Topic])] {
    placesByStrength().prefix(Self.shownPlaces).sorted { $0 < $1 }.map { place in
      (place, Array(Self.byStrength(places[place] ?? [:]).prefix(Self.shownTerms).map(\.value)))
    }
  }

  private mutating func add(_ row: Trend) {
    rows += 1
    start = min(start, row.windowStart)
    end = max(end, row.windowEnd)
    let place = PlaceName(row.place)
    let term = TermName(row)
    // Taken out and put back: one owner, no copies.
    var topics = places.removeValue(forKey: place) ?? [:]
    var topic =
      topics.removeValue(forKey: term) ?? Topic(peak: row, last: row, onset: row.onset, series: UserSeries())
    if row.score > topic.peak.score { topic.peak = row }
    topic.last = row
    topic.series.add(row)
    topics[term] = topic
    if topics.count > Self.heldTerms {
      for (weak, _) in Self.byStrength(topics).dropFirst(Self.heldTerms / 2) { topics[weak] = nil }
    }
    places[place] = topics
    if places.count > Self.heldPlaces {
      for weak in placesByStrength().dropFirst(Self.heldPlaces / 2) { places[weak] = nil }
    }
  }

  private static func byStrength(_ topics: [TermName: Topic]) -> [(key: TermName, value: Topic)] {
    topics.sorted { a, b in
      if a.value.peak.score != b.value.peak.score { return a.value.peak.score > b.value.peak.score }
      if a.key.bytes != b.key.bytes { return a.key.bytes.lexicographicallyPrecedes(b.key.bytes) }
      return a.key.kind.rawValue < b.key.kind.rawValue
    }
  }

  // The world is always the first.
  private func placesByStrength() -> [PlaceName] {
    places.map { (name: $0.key, score: $0.value.values.map(\.peak.score).max() ?? 0) }
      .sorted { a, b in
        if (a.name.level == .world) != (b.name.level == .world) { return a.name.level == .world }
        return a.score != b.score ? a.score > b.score : a.name < b.name
      }.map(\.name)
  }
}
