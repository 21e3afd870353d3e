/// What a record of a tumbling window takes in.
struct RecordedEntries {
  /// Terms with accounts in the window.
  var terms: [UInt32] = []
  /// Those of `terms` whose link to the past is not known.
  var unlinked: [UInt32] = []
  /// Everybody, at each place.
  var everybody: [UInt32] = []

  /// Empties it and keeps the memory.
  mutating func removeAll() {
    terms.removeAll(keepingCapacity: true)
    unlinked.removeAll(keepingCapacity: true)
    everybody.removeAll(keepingCapacity: true)
  }
}

extension WindowCounts {
  /// Appends the entries of a step that have accounts in the window and are not part of record `record` yet; they are from
  /// now on.
  mutating func collect(_ step: borrowing StepUses, record: UInt32, into found: inout RecordedEntries) {
    let uses = step.entries
    var entries = entries.mutableSpan
    for use in uses where entries[Int(use)].enter(record: record) {
      if entries[Int(use)].term == TrendTables.everybody {
        found.everybody.append(use)
        continue
      }
      if entries[Int(use)].last == .unknown { found.unlinked.append(use) }
      found.terms.append(use)
    }
  }

  /// Appends the entries that are not held and are to be given up: of those at the first place all but up to `spared` that
  /// came in more than one record, as words come again.
  /// - Parameter onlyOther: whether to leave those at the first place alone.
  mutating func findUnheld(
    _ isHeld: [Bool], onlyOther: Bool, sparing spared: Int, into found: inout [UInt32]
  ) {
    let isHeld = isHeld.span
    var entries = entries.mutableSpan
    var left = spared
    for number in 0..<entries.count where !isHeld[number] && !entries[number].isFree {
      if entries[number].place == 0 {
        if onlyOther { continue }
        if left > 0 && entries[number].seen > 1 {
          entries[number].seen /= 2
          left -= 1
          continue
        }
      }
      found.append(UInt32(number))
    }
  }

  /// Gives the terms and places other numbers; those of the world and of everybody stay.
  mutating func renumber(terms: (UInt32) -> UInt32, places: (UInt32) -> UInt32) {
    var known: [UInt32] = []
    for number in entries.indices where !entries[number].isFree {
      entries[number].term = terms(entries[number].term)
      entries[number].place = places(entries[number].place)
      known.append(UInt32(number))
    }
    rebuild(known)
  }
}
