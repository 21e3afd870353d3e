public import Bytes

/// Reads what `TrendEngine.writeState` wrote.
public enum TrendStateReader {
  /// An engine that goes on where the state's stopped. - Throws: `TrendStateError`.
  public static func engine(_ settings: TrendSettings, _ state: borrowing ByteBuffer) throws -> TrendEngine {
    let bytes = state.span
    guard bytes.count >= 16, bytes.extracting(0..<7).equals("tmtrend") else {
      throw TrendStateError.corrupt(offset: 0, reason: "it does not begin as a state of trends does")
    }
    guard bytes[7] == UInt8(ascii: "1") else { throw TrendStateError.tooNew }
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
    engine.latest = latest == .min ? nil : try checked(latest, reader)
    engine.closed = closed == .min ? nil : try checked(closed, reader)
    let places = try names(&reader).map { engine.tables.addPlace($0.span) }
    let terms = try names(&reader).map { name in
      name[0] == TrendKind.everybodyField ? TrendTables.everybody : engine.tables.addTerm(name.span)
    }
    let forms = try names(&reader).map { engine.tables.addForm($0.span) }
    var entries: [UInt32] = []
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let place = try index(&reader, places.count)
      let entry = engine.entry(terms[try index(&reader, terms.count)], places[place])
      entries.append(entry)
      try readEntry(&reader, &engine.entries[Int(entry)])
    }
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let step = try checked(signed(&reader), reader)
      if let last = engine.closed, step <= last - engine.settings.steps {
        throw DecodeError.invalid(offset: reader.offset, reason: "a step that its window has left")
      }
      try readStep(&reader, engine.uses(of: step), entries: entries, forms: forms)
    }
    guard reader.remaining == 0 else {
      throw DecodeError.invalid(offset: reader.offset, reason: "bytes behind the last step")
    }
    // What the closed steps of the window made of the counts is made again.
    guard let last = engine.closed else { return }
    for step in engine.steps.keys.sorted() where step <= last { engine.open(step) }
  }

  private static func readEntry(_ reader: inout ByteReader, _ entry: inout TrendEntry) throws {
    if try index(&reader, 2) == 1 {
      let onset = try signed(&reader)
      entry.episode = TrendEpisode(
        onset: try checked(onset, reader), last: try checked(signed(&reader), reader))
    }
    var number: Int64 = 0
    for _ in 0..<(try reader.readCount(limit: reader.remaining)) {
      let at = reader.offset
      let (next, overflows) = number.addingReportingOverflow(try signed(&reader))
      guard !overflows, Int32(exactly: next) != nil,
        next > entry.history.slots.last.map({ Int64($0.number) }) ?? .min
      else { throw DecodeError.invalid(offset: at, reason: "windows that do not rise") }
      number = next
      let users = try reader.readCount(limit: Int(Int32.max))
      entry.history.add(number, users: users, keepingFrom: .min / 2)
    }
  }

  private static func readStep(
    _ reader: inout ByteReader, _ uses: StepUses, entries: [UInt32], forms: [UInt32]
  ) throws {
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
        uses.begin(tweets[last])
      }
      uses.add(entry, form: form == 0 ? TrendBatch.Use.asItIs : forms[form - 1])
    }
  }

  // MARK: Pieces

  // Times and steps that sums with settings cannot overflow: 2⁵³ ms are 285,000 years.
  private static func checked(_ value: Int64, _ reader: borrowing ByteReader) throws(DecodeError) -> Int64 {
    guard value.magnitude <= 1 << 53 else {
      throw .invalid(offset: reader.offset, reason: "a time of \(value)")
    }
    return value
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
