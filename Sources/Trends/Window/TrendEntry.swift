/// A term at a place, while anybody uses it in the window or in an open step, and some time beyond.
///
/// Entries lie anywhere, so what is touched stands together at the end: a large array begins 48 bytes into a line of memory,
/// and that is one line then and not two. Where the term and its link stood before, to record a window took a third longer.
struct TrendEntry: Sendable {
  private let filling: (UInt64, UInt64) = (0, 0)

  var term: UInt32
  var place: UInt32
  /// Its last slot of the past, where that is known: so the past is asked for it once, and not in every record.
  var last = Past.Link.unknown
  /// The last record of windows that it was put into.
  var recorded: UInt32 = 0
  /// Accounts, and uses, in the window.
  var users: Int32 = 0
  var count: Int32 = 0
  /// Records that it was put into since entries were last given up.
  var seen: UInt16 = 0
  /// Whether it has enough accounts to be tested.
  var isCandidate = false
  /// Whether it is tested if it has: a term, not everybody, at a place that is reported.
  let isTested: Bool
  /// One of its accounts, and the last step in which that one used it; `.min` where there is none. Most entries have one
  /// account only, and so no part in the table of accounts.
  var voter: UInt64 = 0
  var voterStep = Int64.min

  init(term: UInt32, place: UInt32, isTested: Bool) {
    self.term = term
    self.place = place
    self.isTested = isTested
  }

  /// What a use makes of an entry that was not so before.
  enum Change {
    case known, active, candidate, activeCandidate
  }

  /// An account uses it in a step that enters the window. - Parameter number: its own.
  @inline(__always)
  mutating func enter(
    _ number: UInt32, _ account: UInt64, _ step: Int64, _ threshold: Int32, _ voters: inout KeyTable
  ) -> Change {
    count &+= 1
    if voterStep != .min && voter == account {
      voterStep = step
      return .known
    }
    if users == 0 {
      voter = account
      voterStep = step
    } else if voters.set(KeyTable.key(account, UInt64(number)), step) != nil {
      return .known
    }
    users &+= 1
    if !isTested { return .known }
    if users < threshold || isCandidate { return users == 1 ? .active : .known }
    isCandidate = true
    return users == 1 ? .activeCandidate : .candidate
  }

  /// A use leaves the window with its step. - Returns: whether no account that counts as one is left.
  @inline(__always)
  mutating func leave(_ number: UInt32, _ account: UInt64, _ step: Int64, _ voters: inout KeyTable) -> Bool {
    count &-= 1
    if voterStep != .min && voter == account {
      if voterStep != step { return false }
      voterStep = .min
    } else if !voters.remove(KeyTable.key(account, UInt64(number)), having: step) {
      return false
    }
    users &-= 1
    return users == 0 && isTested
  }

  /// It is to be put into a record. - Returns: whether it was not yet, and has accounts in the window.
  @inline(__always)
  mutating func enter(record: UInt32) -> Bool {
    if recorded == record { return false }
    recorded = record
    if seen < .max { seen &+= 1 }
    return users > 0
  }

  /// Whether it was given up, and its number may stand for another soon.
  var isFree: Bool { term == .max }
}

/// A run of windows in which a term trends at a place.
struct TrendEpisode: Sendable {
  /// The first step of the first of them in which anybody used the term.
  var onset: Int64
  /// The end of the last window in which it trended.
  var last: Int64
}
