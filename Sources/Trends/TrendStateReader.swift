public import Bytes

/// Reads what `TrendEngine.writeState` wrote.
public enum TrendStateReader {
  /// An engine that goes on where the state's stopped. - Throws: `TrendStateError`.
  public static func engine(_ settings: TrendSettings, _ state: borrowing ByteBuffer) throws -> TrendEngine {
    let bytes = state.span
    guard bytes.count >= 16, bytes.extracting(0..<7).equals("tmtrend") else {
      throw TrendStateError.corrupt(offset: 0, reason: "it does not begin as a state of trends does")
    }
    guard bytes.extracting(0..<8).equals("tmtrend2") else {
      throw TrendStateError.otherVersion(bytes.extracting(7..<8).text)
    }
    let end = bytes.count - 8
    guard bytes.word(at: end) == Checksum.xxh3(bytes.extracting(0..<end)) else {
      throw TrendStateError.corrupt(offset: end, reason: "its checksum does not match")
    }
    var reader = ByteReader(bytes.extracting(0..<end), at: 8)
    do {
      let identifier = try name(&reader)
      guard identifier.span.text == settings.identifier else {
        throw TrendStateError.otherSettings(found: identifier.span.text, expected: settings.identifier)
      }
      var engine = TrendEngine(settings)
      try read(&reader, into: &engine)
      return engine
    } catch let error as DecodeError {
      switch error {
      case .truncated(let offset, _): throw TrendStateError.corrupt(offset: offset, reason: "it is cut")
      case .invalid(let offset, let reason): throw TrendStateError.corrupt(offset: offset, reason: reason)
      }
    }
  }

  private static func read(_ reader: inout ByteReader, into engine: inout TrendEngine) throws {
    let sum = try signed(&reader)
    engine.wavering = Wavering(sum: sum, total: try signed(&reader))
    let latest = try signed(&reader)
    let closed = try signed(&reader)
    engine.latest = latest == .min ? nil : try checked(latest, 1, reader)
    engine.closed = closed == .min ? nil : try checked(closed, engine.settings.step, reader)
    let places = try names(&reader).map { engine.tables.addPlace($0.span) }
    let terms = try names(&reader).map { name in
      name[0] == TrendKind.everybodyField ? TrendTables.everybody : engine.tables.addTerm(name.span)
    }
    let forms = try names(&reader).map { engine.tables.addForm($0.span) }
    var entries: [UInt32] = []
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let place = try index(&reader, places.count)
      entries.append(engine.entry(terms[try index(&reader, terms.count)], places[place]))
    }
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      try readStep(&reader, &engine, entries: entries, forms: forms)
    }
    try readAhead(&reader, &engine.ahead)
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let place = Int(places[try index(&reader, places.count)])
      while engine.everybody.count <= place { engine.everybody.append(History()) }
      guard engine.everybody[place].slots.isEmpty else {
        throw DecodeError.invalid(offset: reader.offset, reason: "a place that comes twice")
      }
      engine.everybody[place] = try readHistory(&reader, engine.settings)
    }
    try readPast(&reader, &engine.past, engine.settings)
    guard reader.remaining == 0 else {
      throw DecodeError.invalid(offset: reader.offset, reason: "bytes behind the last episode")
    }
    // What the closed steps of the window made of the counts is made again.
    guard let last = engine.closed else { return }
    let window = engine.steps.indices(of: last - engine.settings.steps + 1..<last + 1)
    engine.recount(window.reduce(0) { max($0, engine.steps[$1].level) }, through: last)
  }

  private static func readStep(
    _ reader: inout ByteReader, _ engine: inout TrendEngine, entries: [UInt32], forms: [UInt32]
  ) throws {
    let at = reader.offset
    let number = try checked(signed(&reader), engine.settings.step, reader)
    guard engine.closed.map({ number > $0 - engine.settings.steps }) ?? true,
      engine.steps.indices.isEmpty || engine.steps[engine.steps.indices.upperBound - 1].number < number
    else {
      throw DecodeError.invalid(offset: at, reason: "a step out of order, or one that its window has left")
    }
    let step = engine.steps.make(number)
    engine.steps[step].level = UInt8(try index(&reader, Int(StepUses.sparsest) + 1))
    var tweets: [StepUses.Tweet] = []
    for _ in 0..<(try reader.readCount(limit: reader.remaining / 24)) {
      let id = try reader.read(UInt64.self)
      let voter = try reader.read(UInt64.self)
      tweets.append(StepUses.Tweet(id: id, voter: voter, text: try reader.read(UInt64.self)))
    }
    var last = -1
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let entry = entries[try index(&reader, entries.count)]
      let at = reader.offset
      let tweet = try index(&reader, tweets.count)
      let form = try index(&reader, forms.count + 1)
      guard tweet >= last else { throw DecodeError.invalid(offset: at, reason: "tweets that do not rise") }
      while last < tweet {
        last += 1
        engine.steps[step].begin(tweets[last])
      }
      engine.steps[step].add(entry, form: form == 0 ? TrendBatch.Form.asItIs : forms[form - 1])
    }
  }

  private static func readAhead(_ reader: inout ByteReader, _ ahead: inout TweetsAhead) throws {
    let hasFirst = try index(&reader, 2) == 1
    var tweets: [TweetsAhead.Tweet] = []
    for _ in 0..<(try reader.readCount(limit: 16)) {
      let time = try checked(signed(&reader), 1, reader)
      let id = try reader.read(UInt64.self)
      let voter = try reader.read(UInt64.self)
      let borneOut = try index(&reader, TweetsAhead.enough)
      tweets.append(
        TweetsAhead.Tweet(
          time: time, id: id, voter: voter, borneOut: borneOut,
          contradicted: try index(&reader, TweetsAhead.enough)))
    }
    let first = hasFirst && !tweets.isEmpty ? tweets.removeFirst() : nil
    ahead.restore(tweets, first: first)
  }

  // Numbers of windows that rise and accounts.
  private static func readHistory(_ reader: inout ByteReader, _ settings: TrendSettings) throws -> History {
    var history = History()
    var number: Int64 = 0
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      number = try next(&reader, after: number, isFirst: history.slots.isEmpty, settings)
      history.add(number, users: try reader.readCount(limit: Int(Int32.max)), keepingFrom: .min / 2)
    }
    return history
  }

  private static func readPast(
    _ reader: inout ByteReader, _ past: inout Past, _ settings: TrendSettings
  ) throws {
    let light = Int32(try index(&reader, 4096))
    var windows: [Int64] = []
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      windows.append(try next(&reader, after: windows.last ?? 0, isFirst: windows.isEmpty, settings))
    }
    past.restore(light: light, windows: windows)
    var last: UInt64?
    for _ in 0..<(try reader.readCount(limit: reader.remaining / 8)) {
      let at = reader.offset
      let key = try reader.read(UInt64.self)
      guard key > 0, last.map({ key > $0 }) ?? true else {
        throw DecodeError.invalid(offset: at, reason: "keys that do not rise")
      }
      last = key
      past.restore(key, try readSlots(&reader, windows.count))
    }
    var period = Int64.min
    for _ in 0..<(try reader.readCount(limit: 1 << 16)) {
      let at = reader.offset
      let number = try checked(signed(&reader), settings.window * past.tail.windows, reader)
      guard number > period else { throw DecodeError.invalid(offset: at, reason: "days that do not rise") }
      period = number
      var place = 0
      for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
        place += try index(&reader, 2 * past.tail.width - place)
        let value = try reader.readVarint()
        past.restore(period: number, place, UInt32(clamping: value))
      }
    }
    for _ in 0..<(try reader.readCount(limit: reader.remaining / 8)) {
      let key = try reader.read(UInt64.self)
      let onset = try checked(signed(&reader), 1, reader)
      past.episodes[key] = TrendEpisode(onset: onset, last: try checked(signed(&reader), 1, reader))
    }
  }

  private static func readSlots(_ reader: inout ByteReader, _ windows: Int) throws -> [(
    window: Int, users: Int32
  )] {
    var slots: [(window: Int, users: Int32)] = []
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let at = reader.offset
      let before = slots.last?.window ?? 0
      let window = before + (try index(&reader, max(windows - before, 1)))
      let users = try reader.readCount(limit: Int(Int32.max))
      guard window < windows, users > 0, slots.last.map({ window > $0.window }) ?? true else {
        throw DecodeError.invalid(offset: at, reason: "windows of a key that do not rise")
      }
      slots.append((window, Int32(users)))
    }
    if slots.isEmpty { throw DecodeError.invalid(offset: reader.offset, reason: "a key without windows") }
    return slots
  }

  // MARK: Pieces

  // A time as a number of units of so many ms, which sums with settings cannot overflow: 2⁵³ ms are 285,000 years.
  private static func checked(
    _ value: Int64, _ unit: Int64, _ reader: borrowing ByteReader
  ) throws(DecodeError) -> Int64 {
    guard value.magnitude <= (1 << 53) / UInt64(unit) else {
      throw .invalid(offset: reader.offset, reason: "a time of \(value)")
    }
    return value
  }

  // A number by its difference from the one before, which is positive but for the first.
  private static func next(
    _ reader: inout ByteReader, after number: Int64, isFirst: Bool, _ settings: TrendSettings
  ) throws -> Int64 {
    let at = reader.offset
    let difference = try signed(&reader)
    let (next, overflows) = number.addingReportingOverflow(difference)
    guard !overflows, next.magnitude <= (1 << 53) / UInt64(settings.window), isFirst || difference > 0 else {
      throw DecodeError.invalid(offset: at, reason: "windows that do not rise")
    }
    return next
  }

  private static func index(_ reader: inout ByteReader, _ count: Int) throws(DecodeError) -> Int {
    let at = reader.offset
    let value = try reader.readVarint()
    guard value < UInt64(count) else { throw .invalid(offset: at, reason: "number \(value) of \(count)") }
    return Int(value)
  }

  private static func signed(_ reader: inout ByteReader) throws(DecodeError) -> Int64 {
    let value = try reader.readVarint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private static func name(_ reader: inout ByteReader) throws(DecodeError) -> [UInt8] {
    let size = try reader.readCount(limit: reader.remaining)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    for _ in 0..<size { bytes.append(try reader.read(UInt8.self)) }
    return bytes
  }

  private static func names(_ reader: inout ByteReader) throws(DecodeError) -> [[UInt8]] {
    let count = try reader.readCount(limit: reader.remaining)
    var names: [[UInt8]] = []
    for _ in 0..<count {
      let at = reader.offset
      let name = try name(&reader)
      if name.isEmpty { throw .invalid(offset: at, reason: "a name without its field") }
      names.append(name)
    }
    return names
  }
}
