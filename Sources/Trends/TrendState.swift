public import Bytes

// A state: what an engine knows between two runs. All numbers are varints unless said otherwise, signed ones zigzag.
//
//   "tmtrend1", settings (bytes, then ASCII), sum and total of `Wavering`, latest time, last closed step
//   places, terms, forms: count, then per name its bytes and the name, field byte first
//   entries: count, then per entry place, term, 0 or (1, onset, last) of its episode, count of windows, and per window the
//     difference of its number from the one before (the first from 0, signed) and its accounts
//   steps: count, then per step its number, tweets (count; id, voter, text: u64 each) and uses (count; entry, tweet,
//     form + 1 or 0)
//   u64 XXH3 of all before
/// Why a state cannot be used.
public enum TrendStateError: Error, Equatable {
  /// It is damaged, or no state at all.
  case corrupt(offset: Int, reason: String)
  /// A later version wrote it.
  case tooNew
  /// It was written with other settings.
  case otherSettings(found: String, expected: String)
}

extension TrendEngine {
  private static let magic = "tmtrend1"

  /// Appends the state: what a later engine with the same settings goes on from. The same input gives the same bytes in
  /// any order within the lateness. - Complexity: O(n log n) in the entries.
  public func writeState(to out: inout ByteBuffer) {
    let start = out.count
    out.append(string: Self.magic)
    Self.write(Array(settings.identifier.utf8), to: &out)
    out.append(zigzag: wavering.sum)
    out.append(zigzag: wavering.total)
    out.append(zigzag: latest ?? .min)
    out.append(zigzag: closed ?? .min)
    let kept = keptEntries()
    var names = StateNames()
    for entry in kept {
      names.use(place: entries[entry].place, term: entries[entry].term)
    }
    for uses in steps.values {
      for use in uses.uses where use.form != TrendBatch.Use.asItIs { names.use(form: use.form) }
    }
    let places = Self.write(names.places, tables.places, to: &out)
    let terms = Self.write(names.terms, tables.terms, to: &out)
    let forms = Self.write(names.forms, tables.forms, to: &out)
    let sorted = kept.map {
      (place: places[entries[$0].place] ?? 0, term: terms[entries[$0].term] ?? 0, entry: $0)
    }
    .sorted { ($0.place, $0.term) < ($1.place, $1.term) }
    var numbers: [Int: Int] = [:]
    out.append(varint: UInt64(sorted.count))
    for (number, item) in sorted.enumerated() {
      numbers[item.entry] = number
      out.append(varint: UInt64(item.place))
      out.append(varint: UInt64(item.term))
      write(entries[item.entry], to: &out)
    }
    out.append(varint: UInt64(steps.count))
    for step in steps.keys.sorted() {
      guard let uses = steps[step] else { continue }
      out.append(zigzag: step)
      uses.write(entries: numbers, forms: forms, to: &out)
    }
    let sum = Checksum.xxh3(out.span.extracting(start..<out.count))
    out.append(littleEndian: sum)
  }

  // Everybody always; others while something of them lies within the baseline.
  private func keptEntries() -> [Int] {
    var used = [Bool](repeating: false, count: entries.count)
    for uses in steps.values { for use in uses.uses { used[Int(use.entry)] = true } }
    return entries.indices.filter { index in
      used[index] || entries[index].history.slots.last.map { Int64($0.number) >= firstKept } ?? false
        || entries[index].episode.map { $0.last >= firstKept * settings.window } ?? false
    }
  }

  // The first tumbling window that any later window may look at.
  private var firstKept: Int64 {
    guard let closed else { return .min }
    return ((closed + 1) * settings.step).floorDivided(by: settings.window) - settings.baseline
      / settings.window - 2
  }

  private func write(_ entry: TrendEntry, to out: inout ByteBuffer) {
    if let episode = entry.episode {
      out.append(1)
      out.append(zigzag: episode.onset)
      out.append(zigzag: episode.last)
    } else {
      out.append(0)
    }
    let slots = entry.history.slots.filter { Int64($0.number) >= firstKept }
    out.append(varint: UInt64(slots.count))
    var last: Int64 = 0
    for slot in slots {
      out.append(zigzag: Int64(slot.number) - last)
      out.append(varint: UInt64(slot.users))
      last = Int64(slot.number)
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

  mutating func use(place: UInt32, term: UInt32) {
    places.insert(place)
    terms.insert(term)
  }

  mutating func use(form: UInt32) { forms.insert(form) }
}

extension StepUses {
  // Tweets by id, and the uses of each in the order of the entries: the order of arrival does not show.
  fileprivate func write(entries: [Int: Int], forms: [UInt32: Int], to out: inout ByteBuffer) {
    let order = tweets.indices.sorted {
      (tweets[$0].id, tweets[$0].voter) < (tweets[$1].id, tweets[$1].voter)
    }
    var places = [Int](repeating: 0, count: tweets.count)
    out.append(varint: UInt64(tweets.count))
    for (place, tweet) in order.enumerated() {
      places[tweet] = place
      out.append(littleEndian: tweets[tweet].id)
      out.append(littleEndian: tweets[tweet].voter)
      out.append(littleEndian: tweets[tweet].text)
    }
    let sorted = uses.map { use in
      (
        tweet: places[Int(use.tweet)], entry: entries[Int(use.entry)] ?? 0,
        form: use.form == TrendBatch.Use.asItIs ? 0 : (forms[use.form] ?? 0) + 1
      )
    }.sorted { ($0.tweet, $0.entry, $0.form) < ($1.tweet, $1.entry, $1.form) }
    out.append(varint: UInt64(sorted.count))
    for use in sorted {
      out.append(varint: UInt64(use.entry))
      out.append(varint: UInt64(use.tweet))
      out.append(varint: UInt64(use.form))
    }
  }
}

extension ByteBuffer {
  /// Appends a signed number: small ones of either sign are short.
  fileprivate mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
  }
}
