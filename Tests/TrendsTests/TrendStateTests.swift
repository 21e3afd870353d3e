import Bytes
import Containers
import TestSupport
import Testing

@testable import Trends

@Suite struct TrendStateTests {
  static func feed(_ lines: [String], _ engine: inout TrendEngine, _ settings: TrendSettings) -> [Trend] {
    let reader = TrendReader(program: "test", settings: settings)
    var bytes = ByteBuffer()
    for line in lines { bytes.append(string: line + "\n") }
    return engine.add(
      reader.read(Chunk(bytes: bytes, source: "test", member: "", offset: 0, line: 1, layout: .lines)))
  }

  static func state(_ engine: borrowing TrendEngine) -> ByteBuffer {
    var bytes = ByteBuffer()
    engine.writeState(to: &bytes)
    return bytes
  }

  static func lines(_ seed: UInt64) -> [String] {
    TrendEngineTests.posts(seed: seed).enumerated().map { TrendEngineTests.line($1, $0 + 1) }
  }

  @Test("rows of runs one behind the other are those of one run, and so is the last state", arguments: 0..<6)
  func runs(seed: UInt64) throws {
    let lines = Self.lines(seed)
    let settings = TrendEngineTests.settings()
    var whole = TrendEngine(settings)
    let expected = Self.feed(lines, &whole, settings)
    #expect(!expected.isEmpty)
    var random = SeededGenerator(seed: seed)
    var found: [Trend] = []
    var bytes = Self.state(TrendEngine(settings))
    var start = 0
    while start < lines.count {
      let end = min(start + Int.random(in: 1..<1500, using: &random), lines.count)
      var engine = try TrendStateReader.engine(settings, bytes)
      found += Self.feed(Array(lines[start..<end]), &engine, settings)
      bytes = Self.state(engine)
      start = end
    }
    #expect(found == expected)
    let last = Self.state(whole)
    #expect(bytes.span.array == last.span.array)
    var resumed = try TrendStateReader.engine(settings, bytes)
    #expect(resumed.finish() == whole.finish())
  }

  @Test("the order within the lateness does not show in the state") func shuffled() {
    let posts = TrendEngineTests.posts(seed: 3)
    var random = SeededGenerator(seed: 3)
    let settings = TrendEngineTests.settings()
    let lines = posts.enumerated().map { (time: $1.time, line: TrendEngineTests.line($1, $0 + 1)) }
    let moved = lines.map { (time: $0.time + Int64.random(in: 0..<500_000, using: &random), line: $0.line) }
      .sorted { $0.time < $1.time }
    var plain = TrendEngine(settings)
    var other = TrendEngine(settings)
    _ = Self.feed(lines.map(\.line), &plain, settings)
    _ = Self.feed(moved.map(\.line), &other, settings)
    let one = Self.state(plain)
    let two = Self.state(other)
    #expect(one.span.array == two.span.array)
  }

  @Test("another configuration, another version and every damaged byte are told apart") func damage() throws {
    let settings = TrendEngineTests.settings()
    var engine = TrendEngine(settings)
    _ = Self.feed(Array(Self.lines(1).prefix(300)), &engine, settings)
    let bytes = Self.state(engine).span.array
    func read(_ bytes: [UInt8], _ settings: TrendSettings) throws {
      var buffer = ByteBuffer()
      buffer.append(bytes.span)
      _ = try TrendStateReader.engine(settings, buffer)
    }
    try read(bytes, settings)
    var other = settings
    other.step = 600_000
    #expect(throws: TrendStateError.self) { try read(bytes, other) }
    var newer = bytes
    newer[7] = UInt8(ascii: "3")
    #expect(throws: TrendStateError.otherVersion("3")) { try read(newer, settings) }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x41
      #expect(throws: TrendStateError.self) { try read(damaged, settings) }
    }
    for size in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: TrendStateError.self) { try read(Array(bytes.prefix(size)), settings) }
    }
  }

  @Test("a lie with a fitting checksum is an error or does no harm", arguments: 0..<4) func lies(seed: UInt64)
  {
    let settings = TrendEngineTests.settings()
    var engine = TrendEngine(settings)
    let lines = Self.lines(seed)
    _ = Self.feed(Array(lines.prefix(400)), &engine, settings)
    let bytes = Self.state(engine).span.array
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      var body = Array(bytes.dropLast(8))
      for _ in 0..<Int.random(in: 1..<4, using: &random) {
        body[Int.random(in: 8..<body.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      }
      let sum = Checksum.xxh3(body.span)
      var buffer = ByteBuffer()
      buffer.append(body.span)
      buffer.append(littleEndian: sum)
      guard var made = try? TrendStateReader.engine(settings, buffer) else { continue }
      _ = Self.feed(Array(lines[400..<410]), &made, settings)
      _ = made.finish()
      _ = Self.state(made)
    }
  }

  @Test(
    "in little memory, too, runs one behind the other are one run, with the same last state", arguments: 0..<3
  )
  func sampled(seed: UInt64) throws {
    var settings = TrendEngineTests.settings()
    settings.memory = 1 << 20
    let lines = TrendEngineTests.busy().enumerated().map { TrendEngineTests.line($1, $0 + 1) }
    var whole = TrendEngine(settings)
    let expected = Self.feed(lines, &whole, settings)
    var random = SeededGenerator(seed: seed)
    var found: [Trend] = []
    var bytes = Self.state(TrendEngine(settings))
    var start = 0
    while start < lines.count {
      let end = min(start + Int.random(in: 1..<4000, using: &random), lines.count)
      var engine = try TrendStateReader.engine(settings, bytes)
      found += Self.feed(Array(lines[start..<end]), &engine, settings)
      bytes = Self.state(engine)
      start = end
    }
    #expect(found == expected)
    let last = Self.state(whole)
    #expect(bytes.span.array == last.span.array)
  }

  @Test("a step that was emptied keeps its level over a cut of the input") func emptied() throws {
    var settings = TrendEngineTests.settings()
    settings.memory = 1 << 20
    // More tags than a step holds, of an account that goes with the first level, and then a few of everybody.
    let voter = (1...100).first { !StepUses.holds(UInt64($0) * 4, level: 1) } ?? 1
    let tags = (0..<700).map { "\"g\($0)\"" }.joined(separator: ",")
    let loud = TrendEngineTests.line(
      .init(time: 0, user: voter - 1, tag: "a", country: "DE"), 1
    ).replacing("[\"a\"]", with: "[\(tags)]")
    let rest = (2..<40).map {
      TrendEngineTests.line(.init(time: 1000, user: $0, tag: "b", country: "DE"), $0)
    }
    var whole = TrendEngine(settings)
    _ = Self.feed([loud] + rest, &whole, settings)
    var first = TrendEngine(settings)
    _ = Self.feed([loud], &first, settings)
    var second = try TrendStateReader.engine(settings, Self.state(first))
    _ = Self.feed(rest, &second, settings)
    let one = Self.state(whole)
    let two = Self.state(second)
    #expect(one.span.array == two.span.array)
    let level = whole.steps[0].level
    #expect(level > 0)
  }

  @Test("steps, windows and days so far away that sums with them overflow are refused") func far() {
    var settings = TrendEngineTests.settings()
    settings.window = 60_000
    settings.step = 60_000
    var step = TrendEngine(settings)
    let index = step.steps.make(1 << 52)
    step.steps[index].begin(StepUses.Tweet(id: 1, voter: 2, text: 3))
    step.steps[index].add(
      step.counts.entry(TrendTables.everybody, step.tables.world), form: TrendBatch.Form.asItIs)
    #expect(throws: TrendStateError.self) { _ = try TrendStateReader.engine(settings, Self.state(step)) }
    var window = TrendEngine(settings)
    window.past.begin(1 << 52)
    #expect(throws: TrendStateError.self) { _ = try TrendStateReader.engine(settings, Self.state(window)) }
    var day = TrendEngine(settings)
    day.past.restore(period: 1 << 52, 0, 1)
    #expect(throws: TrendStateError.self) { _ = try TrendStateReader.engine(settings, Self.state(day)) }
  }
}
