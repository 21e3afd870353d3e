/// A term at a place: what is known of its past, and who uses it in the current window.
struct TrendEntry: Sendable {
  let term: UInt32
  let place: UInt32
  /// Accounts, and uses, in the window that is being counted.
  var users: Int32 = 0
  var count: Int32 = 0
  /// The last tumbling window that is in `history`.
  var recorded = Int64.min
  var isCandidate = false
  /// Its place among the suspects of a window, while their evidence is gathered.
  var suspect: Int32 = -1
  var history = History()
  var episode: TrendEpisode?

  init(term: UInt32, place: UInt32) {
    self.term = term
    self.place = place
  }
}

/// A run of windows in which a term trends at a place.
struct TrendEpisode: Sendable {
  /// The first step of the first of them in which anybody used the term.
  var onset: Int64
  /// The end of the last window in which it trended.
  var last: Int64
}
