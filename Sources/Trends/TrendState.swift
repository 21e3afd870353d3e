public import Bytes

// A state: what an engine knows between two runs. All numbers are varints unless said otherwise, signed ones zigzag.
//
//   "tmtrend2", settings (bytes, then ASCII), sum and total of `Wavering`, latest time, last closed step
//   places, terms, forms: count, then per name its bytes and the name, field byte first
//   entries: count, then per entry place and term
//   steps: count, then per step its number, level, tweets (count; id, voter, text: u64 each) and uses (count; entry,
//     tweet, form + 1 or 0)
//   tweets ahead: 1 if the first of them is the only tweet of all, else 0; count; time, id and voter (u64 each), borne out,
//     contradicted
//   everybody: count; per place its number and windows (count; difference of the number from the one before, accounts)
//   the past: most accounts of a light window; windows: count, the first, then differences; keys: count, then per key u64,
//     slots: count; difference of the window's place from the one before, and accounts
//   sketch: periods: count, then per period its number, and counters that are not 0: count; gap, value
//   episodes: count, then per episode key (u64), onset, last
//   u64 XXH3 of all before
/// Why a state cannot be used.
public enum TrendStateError: Error, Equatable {
  /// It is damaged, or no state at all.
  case corrupt(offset: Int, reason: String)
  /// Another version wrote it, an earlier or a later one.
  case otherVersion(String)
  /// It was written with other settings.
  case otherSettings(found: String, expected: String)
}

extension TrendEngine {
  static let magic = "tmtrend2"

  /// Appends the state: what a later engine with the same settings goes on from. The same input gives the same bytes in
  /// any order within the lateness, but for which of the tweets behind a leap of a day came first. - Complexity: O(n log n) in the entries and keys.
  public func writeState(to out: inout ByteBuffer) {
    let start = out.count
    out.append(string: Self.magic)
    Self.write(Array(settings.identifier.utf8), to: &out)
    out.append(zigzag: wavering.sum)
    out.append(zigzag: wavering.total)
    out.append(zigzag: latest ?? .min)
    out.append(zigzag: closed ?? .min)
    writeWindow(to: &out)
    past.write(takenLinks, to: &out)
    let sum = Checksum.xxh3(out.span.extracting(start..<out.count))
    out.append(littleEndian: sum)
  }

  /// Everybody's windows that the baseline still holds, by place.
  var liveEverybody: [(place: Int, slots: [History.Slot])] {
    let first = past.windows.last.map { $0.number - settings.baseline / settings.window - 1 } ?? .min
    return everybody.indices.compactMap { place in
      let slots = everybody[place].slots.filter { $0.number >= first }
      return slots.isEmpty ? nil : (place, slots)
    }
  }

  private func writeWindow(to out: inout ByteBuffer) {
    let everybody = liveEverybody
    var used = Set<UInt32>()
    var names = StateNames()
    for index in steps.indices {
      for entry in steps[index].entries { used.insert(entry) }
      for form in steps[index].forms { names.forms.insert(form.form) }
    }
    for entry in used {
      names.places.insert(counts.entries[Int(entry)].place)
      names.terms.insert(counts.entries[Int(entry)].term)
    }
    for item in everybody { names.places.insert(UInt32(item.place)) }
    let places = Self.write(names.places, tables.places, to: &out)
    let terms = Self.write(names.terms, tables.terms, to: &out)
    let forms = Self.write(names.forms, tables.forms, to: &out)
    let sorted = used.map { number in
      let entry = counts.entries[Int(number)]
      return (place: places[entry.place] ?? 0, term: terms[entry.term] ?? 0, entry: number)
    }.sorted { ($0.place, $0.term) < ($1.place, $1.term) }
    var numbers: [UInt32: Int] = [:]
    out.append(varint: UInt64(sorted.count))
    for (number, item) in sorted.enumerated() {
      numbers[item.entry] = number
      out.append(varint: UInt64(item.place))
      out.append(varint: UInt64(item.term))
    }
    // Of one that was emptied the level is still to be known.
    let filled = steps.indices.filter { !steps[$0].tweets.isEmpty || steps[$0].level > 0 }
    out.append(varint: UInt64(filled.count))
    for index in filled { steps[index].write(entries: numbers, forms: forms, to: &out) }
    out.append(varint: ahead.first == nil ? 0 : 1)
    let waiting = (ahead.first.map { [$0] } ?? []) + ahead.waiting
    out.append(varint: UInt64(waiting.count))
    for tweet in waiting {
      out.append(zigzag: tweet.time)
      out.append(littleEndian: tweet.id)
      out.append(littleEndian: tweet.voter)
      out.append(varint: UInt64(tweet.borneOut))
      out.append(varint: UInt64(tweet.contradicted))
    }
    let byPlace = everybody.map { (place: places[UInt32($0.place)] ?? 0, slots: $0.slots) }
    out.append(varint: UInt64(byPlace.count))
    for item in byPlace.sorted(by: { $0.place < $1.place }) {
      out.append(varint: UInt64(item.place))
      out.append(varint: UInt64(item.slots.count))
      var last: Int64 = 0
      for slot in item.slots {
        out.append(zigzag: slot.number - last)
        out.append(varint: UInt64(slot.users))
        last = slot.number
      }
    }
  }

  private static func write(_ bytes: [UInt8], to out: inout ByteBuffer) {
    out.append(varint: UInt64(bytes.count))
    out.append(bytes.span)
  }

  // Names in byte order. Returns what number each has in the state.
  private static func write(
    _ numbers: Set<UInt32>, _ table: borrowing TermTable, to out: inout ByteBuffer
  ) -> [UInt32: Int] {
    var sorted = Array(numbers)
    table.sort(&sorted, 0..<sorted.count)
    var places: [UInt32: Int] = [:]
    out.append(varint: UInt64(sorted.count))
    for (place, number) in sorted.enumerated() {
      places[number] = place
      write(table.copy(Int(number)), to: &out)
    }
    return places
  }
}

/// The names that a state needs.
private struct StateNames {
  var places = Set<UInt32>()
  var terms = Set<UInt32>()
  var forms = Set<UInt32>()
}

extension StepUses {
  // Tweets by id, and the uses of each in the order of the entries: the order of arrival does not show.
  fileprivate func write(entries: [UInt32: Int], forms: [UInt32: Int], to out: inout ByteBuffer) {
    out.append(zigzag: number)
    out.append(varint: UInt64(level))
    let order = tweets.indices.sorted {
      (tweets[$0].id, tweets[$0].voter, tweets[$0].text) < (tweets[$1].id, tweets[$1].voter, tweets[$1].text)
    }
    var places = [Int](repeating: 0, count: tweets.count)
    out.append(varint: UInt64(tweets.count))
    for (place, tweet) in order.enumerated() {
      places[tweet] = place
      out.append(littleEndian: tweets[tweet].id)
      out.append(littleEndian: tweets[tweet].voter)
      out.append(littleEndian: tweets[tweet].text)
    }
    var sorted: [(tweet: Int, entry: Int, form: Int)] = []
    forEachUse { use, form in
      sorted.append(
        (
          tweet: places[Int(use.tweet)], entry: entries[use.entry] ?? 0,
          form: form == TrendBatch.Form.asItIs ? 0 : (forms[form] ?? 0) + 1
        ))
    }
    sorted.sort { ($0.tweet, $0.entry, $0.form) < ($1.tweet, $1.entry, $1.form) }
    out.append(varint: UInt64(sorted.count))
    for use in sorted {
      out.append(varint: UInt64(use.entry))
      out.append(varint: UInt64(use.tweet))
      out.append(varint: UInt64(use.form))
    }
  }
}

extension Past {
  fileprivate func write(_ taken: [(key: UInt64, link: Link)], to out: inout ByteBuffer) {
    out.append(varint: UInt64(light))
    out.append(varint: UInt64(windows.count))
    var last: Int64 = 0
    for window in windows {
      out.append(zigzag: window.number - last)
      last = window.number
    }
    var keys = taken.filter { $0.link.window >= first }
    forEach { keys.append(($0, $1)) }
    keys.sort { $0.key < $1.key }
    out.append(varint: UInt64(keys.count))
    for item in keys {
      let slots = slots(item.link)
      out.append(littleEndian: item.key)
      out.append(varint: UInt64(slots.count))
      var last = 0
      for slot in slots {
        out.append(varint: UInt64(slot.window - last))
        out.append(varint: UInt64(slot.users))
        last = slot.window
      }
    }
    out.append(varint: UInt64(tail.periods.count))
    for period in tail.periods {
      out.append(zigzag: period.number)
      out.append(varint: UInt64(period.sketch.counters.count { $0 > 0 }))
      var last = 0
      for (place, value) in period.sketch.counters.enumerated() where value > 0 {
        out.append(varint: UInt64(place - last))
        out.append(varint: UInt64(value))
        last = place
      }
    }
    out.append(varint: UInt64(episodes.count))
    for (key, episode) in episodes.sorted(by: { $0.key < $1.key }) {
      out.append(littleEndian: key)
      out.append(zigzag: episode.onset)
      out.append(zigzag: episode.last)
    }
  }
}

extension ByteBuffer {
  /// Appends a signed number: small ones of either sign are short.
  fileprivate mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
  }
}
