import Bytes
import Containers
import TestSupport
import Testing
import YAML

@testable import Trends

@Suite struct TrendRulesTests {
  static func rules(_ yaml: String) throws -> TrendRules { try TrendRules(yaml: Array(yaml.utf8)) }

  static func ruling(
    _ rules: TrendRules, _ term: String, kind: TrendKind = .hashtag, place: String = "world",
    start: Int64 = 0,
    end: Int64 = 3_600_000
  ) -> String {
    let subject = TrendRule.Subject(
      kind: kind, term: Array(term.utf8), place: Array(place.utf8), windowStart: start, windowEnd: end)
    switch rules.ruling(subject) {
    case .denied(let reason): return "- " + String(decoding: reason, as: UTF8.self)
    case .allowed(let reason): return "+ " + String(decoding: reason, as: UTF8.self)
    case nil: return ""
    }
  }

  @Test("what is allowed is not denied, whichever stands first or says more") func allowWins() throws {
    let rules = try Self.rules(
      """
      allow: [{ term: "#ff*", reason: custom }]
      deny: [{ term: "#FFnow", place: world, reason: first }, { term: "#f*", reason: second }]
      """)
    #expect(Self.ruling(rules, "#ffnow") == "+ custom" && Self.ruling(rules, "#follow") == "- second")
    #expect(Self.ruling(rules, "#g") == "", "nobody speaks of it")
  }

  @Test("what no rule denies is not said to be allowed") func plain() throws {
    let rules = try Self.rules("allow: [{ term: '#a', reason: x }]")
    #expect(Self.ruling(rules, "#a") == "")
  }

  @Test("of several rules the first of the file gives the reason") func first() throws {
    let rules = try Self.rules(
      "deny: [{ term: '#a*', reason: one }, { term: '#ab', reason: two }, { kind: hashtag, reason: three }]")
    #expect(Self.ruling(rules, "#ab") == "- one" && Self.ruling(rules, "#b") == "- three")
    let turned = try Self.rules("deny: [{ term: '#ab', reason: two }, { term: '#a*', reason: one }]")
    #expect(Self.ruling(turned, "#ab") == "- two")
  }

  @Test("all that a rule names must fit, and one of each list") func fields() throws {
    let rules = try Self.rules(
      "deny: [{ term: ['#a', '*b'], kind: [hashtag, phrase], place: ['country:tr', 'lang:zh*'], reason: x }]")
    #expect(Self.ruling(rules, "#a", place: "country:TR") == "- x", "codes are the same in capitals")
    #expect(Self.ruling(rules, "c b", kind: .phrase, place: "lang:zh-TW") == "- x")
    #expect(
      Self.ruling(rules, "#a", place: "world") == "" && Self.ruling(rules, "#c", place: "lang:zh") == "")
    #expect(Self.ruling(rules, "b", kind: .term, place: "lang:zh") == "")
  }

  @Test("a rule is in force for windows that share a moment with its time") func times() throws {
    let rules = try Self.rules(
      "deny: [{ term: '#a', from: 1970-01-01T01:00Z, until: 1970-01-01T02:00Z, reason: x }]")
    let hour: Int64 = 3_600_000
    for (start, isDenied) in [(0, false), (1, true), (hour, true), (2 * hour - 1, true), (2 * hour, false)] {
      #expect((Self.ruling(rules, "#a", start: start, end: start + hour) == "- x") == isDenied, "\(start)")
    }
  }

  @Test("rules by whole terms and rules one by one say the same", arguments: 0..<30) func tables(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    var yaml = ["deny": "", "allow": ""]
    for number in 0..<40 {
      let term = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        "#\("abc".randomElement(using: &random) ?? "a")"
          + (Int.random(in: 0..<4, using: &random) == 0 ? "*" : "x")
      }
      let place = Bool.random(using: &random) ? ", place: world" : ""
      yaml[Int.random(in: 0..<4, using: &random) == 0 ? "allow" : "deny"]? +=
        "- { term: ['\(term.joined(separator: "', '"))']\(place), reason: r\(number) }\n"
    }
    let rules = try Self.rules("deny:\n\(yaml["deny"] ?? "")allow:\n\(yaml["allow"] ?? "")")
    // The same rules with a second term that has a star: none of them is found by its whole term.
    let slow = try Self.rules(
      "deny:\n\(yaml["deny"] ?? "")allow:\n\(yaml["allow"] ?? "")".replacing("']", with: "', 'never*']"))
    for term in ["#ax", "#bx", "#cx", "#a", "#by", "#d"] {
      for place in ["world", "lang:en"] {
        #expect(Self.ruling(rules, term, place: place) == Self.ruling(slow, term, place: place))
      }
    }
  }

  // MARK: In a run

  struct Outcome {
    var rows: [Trend]
    var state: [UInt8]
    var denied: Int
    var unmet: [Int]

    func terms(_ place: String) -> [String] {
      rows.filter { $0.place == Array(place.utf8) }.map { String(decoding: $0.term, as: UTF8.self) }
    }
  }

  // Six quiet hours; then sixteen accounts with a tag and words, and twelve with another tag.
  static func run(_ yaml: String?, top: Int = 20) throws -> Outcome {
    var settings = TrendSettings()
    settings.kinds = [.hashtag, .term, .phrase]
    settings.levels = [.world, .lang]
    settings.top = top
    settings.step = 1_800_000
    var lines: [String] = []
    func add(_ hour: Int, _ minute: Int, _ user: Int, _ text: String, _ tags: [String]) {
      let time = "2020-03-01T0\(hour):\(minute):00.000Z"
      let tags = tags.map { "\"\($0)\"" }.joined(separator: ",")
      lines.append(
        "{\"type\":\"tweet\",\"id\":\"\(lines.count + 1)\",\"created_at\":\"\(time)\",\"user\":{\"id\":\"\(user)\"},"
          + "\"text\":\"\(text)\",\"lang\":\"en\",\"hashtags\":[\(tags)]}")
    }
    for hour in 0..<6 { for user in 1...20 { add(hour, 10 + user, user, "hello \(hour) x\(user)", []) } }
    for hour in 6..<8 {
      for user in 21...36 { add(hour, user, user, "silent harbor \(user)\(hour) y\(user)", ["Train"]) }
      for user in 41...52 { add(hour, user, user, "q\(user)\(hour) z\(user)", ["Quake"]) }
    }
    var engine = TrendEngine(settings)
    if let yaml { engine.rules = try rules(yaml) }
    var bytes = ByteBuffer()
    for line in lines { bytes.append(string: line + "\n") }
    let reader = TrendReader(program: "test", settings: settings)
    let batch = reader.read(
      Chunk(bytes: bytes, source: "test", member: "", offset: 0, line: 1, layout: .lines))
    #expect(batch.rejects.isEmpty)
    var rows = engine.add(batch)
    rows += engine.finish()
    var state = ByteBuffer()
    engine.writeState(to: &state)
    return Outcome(rows: rows, state: state.span.array, denied: engine.denied, unmet: engine.rules.unmet)
  }

  @Test("a state is the same with and without rules, and so is everything but what is shown") func state()
    throws
  {
    let plain = try Self.run(nil)
    let ruled = try Self.run("deny: [{ term: '#train', reason: x }, { kind: term, place: world, reason: y }]")
    #expect(plain.state == ruled.state && plain.denied == 0 && ruled.denied > 0)
    for row in ruled.rows {
      guard
        let same = plain.rows.first(where: {
          $0.term == row.term && $0.place == row.place && $0.windowEnd == row.windowEnd && $0.kind == row.kind
        })
      else { continue }
      #expect(same.score == row.score && same.stage == row.stage && same.onset == row.onset)
    }
  }

  @Test("denied rows stand behind those of their window and place, with rank 0 and the reason") func order()
    throws
  {
    let outcome = try Self.run("deny: [{ term: '#train', place: world, reason: follow trains }]")
    var last: (end: Int64, place: [UInt8], isDenied: Bool)?
    for row in outcome.rows {
      let isDenied = row.denial != nil
      #expect((row.rank == 0) == isDenied)
      if isDenied { #expect(row.term == Array("#train".utf8) && row.place == Array("world".utf8)) }
      if let last, last.end == row.windowEnd, last.place == row.place { #expect(!last.isDenied || isDenied) }
      last = (row.windowEnd, row.place, isDenied)
    }
    #expect(outcome.denied == outcome.rows.count { $0.denial != nil } && outcome.denied > 0)
    var ranks: [Int] = []
    for row in outcome.rows where row.denial == nil {
      if row.rank == 1 { ranks = [] }
      ranks.append(row.rank)
      #expect(ranks == Array(1...ranks.count), "without gaps")
    }
  }

  @Test("words of a denied tag are shown in their own right, and a denied word is no member") func topics()
    throws
  {
    let plain = try Self.run(nil)
    #expect(!plain.terms("world").contains("silent harbor"), "a member of #train")
    let tag = try Self.run("deny: [{ term: '#train', reason: x }]")
    let shown = tag.rows.filter { $0.denial == nil }.flatMap { [$0.term] + $0.variants }
    #expect(shown.contains(Array("silent harbor".utf8)) && !shown.contains(Array("#train".utf8)))
    let word = try Self.run("deny: [{ term: ['silent harbor', 'silent', 'harbor'], reason: x }]")
    for row in word.rows where row.term == Array("#train".utf8) {
      #expect(!row.variants.contains(Array("silent harbor".utf8)))
    }
    let denied = word.rows.filter { $0.denial != nil }
    #expect(
      denied.contains { $0.term == Array("harbor".utf8) && $0.variants.contains(Array("silent harbor".utf8)) }
    )
  }

  @Test("denied rows do not count toward the cut, and are cut alike") func top() throws {
    let outcome = try Self.run("deny: [{ term: ['#train', '#quake'], reason: x }]", top: 1)
    let last = outcome.rows.filter { $0.windowEnd == outcome.rows.map(\.windowEnd).max() }
    let world = last.filter { $0.place == Array("world".utf8) }
    #expect(world.count { $0.denial == nil } <= 1 && world.count { $0.denial != nil } == 1)
    #expect(
      outcome.terms("world").contains { !$0.hasPrefix("#") }, "the first behind the denied ones is shown")
  }

  @Test("an allowed row keeps its rank and says why") func allowed() throws {
    let plain = try Self.run(nil)
    let outcome = try Self.run(
      "deny: [{ kind: hashtag, reason: all }]\nallow: [{ term: ['#train', '#quake'], reason: ours }]")
    #expect(outcome.denied == 0 && plain.rows.count == outcome.rows.count)
    for (row, same) in zip(outcome.rows, plain.rows) {
      #expect(row.rank == same.rank && row.term == same.term)
      #expect(row.ruling == (row.kind == .hashtag ? .allowed(Array("ours".utf8)) : nil))
    }
  }

  @Test("rules that met no trend are known by their lines") func unmet() throws {
    let outcome = try Self.run(
      "deny:\n- { term: '#train', reason: x }\n- { term: '#nothing', reason: x }\nallow:\n- { kind: emoji, reason: x }\n"
    )
    #expect(outcome.unmet == [3, 5])
  }
}
