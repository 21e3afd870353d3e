import TestSupport
import Testing
import YAML

@testable import Trends

@Suite struct TrendRuleFileTests {
  static func complaints(_ yaml: String) -> [String] { complaints(Array(yaml.utf8)) }

  static func complaints(_ bytes: [UInt8]) -> [String] {
    do throws(Faults) {
      _ = try TrendRules(yaml: bytes)
      return []
    } catch { return error.faults.map { $0.text(file: "r") } }
  }

  static let bad: [(yaml: String, complaint: String)] = [
    ("", "r:1:1: expected deny: or allow:, found an empty file"),
    ("[]", "r:1:1: expected a map with deny and allow, found a list"),
    ("{}", "r:1:1: expected the key deny or allow, found none"),
    ("dney: []", "r:1:1: expected one of deny, allow, found \"dney\"; did you mean deny?"),
    ("deny: x", "r:1:7: expected a list of rules, found \"x\""),
    (
      "deny: [\"#a\"]", "r:1:8: expected a map such as { term: \"#tag\", reason: why }, found \"#a\""
    ),
    ("deny:\n- term: #a\n  reason: x", "r:2:8: expected a term, found nothing; quote it: \"#tag\""),
    (
      "deny:\n- term: *a\n  reason: x",
      "r:2:9: expected a value, found the alias *a; anchors and aliases are not supported: "
        + "write the value out, and quote a text that begins with * or &"
    ),
    (
      "deny: [{ term: a }]",
      "r:1:8: expected the key reason in the rule, found none; it is kept in the output"
    ),
    ("deny: [{ term: a, reason: }]", "r:1:27: expected a reason, found nothing"),
    ("deny: [{ term: a, reason: ' ' }]", "r:1:27: expected a reason, found \" \""),
    (
      "deny: [{ reason: x }]",
      "r:1:8: expected term, kind, place, from or until in the rule, found none of them"
    ),
    (
      "allow: [{ term: a, place: world, reason: x, untill: 2014-01-01 }]",
      "r:1:45: expected one of term, kind, place, from, until, reason, found \"untill\"; did you mean until?"
    ),
    ("deny: [{ term: '', reason: x }]", "r:1:16: expected a term, found \"\""),
    (
      "deny: [{ term: '**', reason: x }]",
      "r:1:16: expected a term with more than *, found \"**\"; for all terms leave term out"
    ),
    (
      "deny: [{ term: '#', reason: x }]",
      "r:1:16: expected a term with more than its sign, found \"#\"; for all of a sort write kind: hashtag"
    ),
    (
      "deny: [{ term: \"\\u200d\", reason: x }]",
      "r:1:16: expected a term of which folding leaves something, found \"\u{200D}\""
    ),
    ("deny: [{ term: [], reason: x }]", "r:1:16: expected at least one term, found an empty list"),
    (
      "deny: [{ kind: hashtag, term: follow, reason: x }]",
      "r:1:31: expected a term that begins with #, as those of its kind do, found \"follow\"; "
        + "terms are written as one would search for them"
    ),
    (
      "deny: [{ kind: hastag, reason: x }]",
      "r:1:16: expected one of hashtag, term, phrase, cashtag, mention, url, emoji, found \"hastag\"; "
        + "did you mean hashtag?"
    ),
    (
      "deny: [{ place: contry:TR, reason: x }]",
      "r:1:17: expected world, country:XX, place:ID or lang:xx, found \"contry:TR\"; did you mean country?"
    ),
    (
      "deny: [{ from: soon, reason: x }]", "r:1:16: expected a time such as 2014-01-01T00:00Z, found \"soon\""
    ),
    (
      "deny: [{ from: 2014-01-02, until: 2014-01-01, reason: x }]",
      "r:1:35: expected a time after from, found \"2014-01-01\""
    ),
  ]

  @Test("a fault is named with its place, what was expected and what to do", arguments: bad)
  func faults(bad: (yaml: String, complaint: String)) {
    #expect(Self.complaints(bad.yaml) == [bad.complaint])
  }

  @Test("the places that are none are all named") func places() {
    let yaml = "deny: [{ place: ['country:', country, 'world:a', 'x:y', ':'], reason: x }]"
    #expect(Self.complaints(yaml).count == 5)
  }

  @Test("all faults are gathered, in the order of the file") func all() {
    let complaints = Self.complaints(
      "deny:\n- { term: '', reason: x }\n- { kind: x }\nallow:\n- { from: x, until: y, reason: z }\n")
    #expect(complaints.map { $0.prefix(6) } == ["r:2:11", "r:3:3:", "r:3:11", "r:5:11", "r:5:21"])
  }

  @Test(
    "lists may be empty, values may be lists, a kind's sign may hide behind a star",
    arguments: [
      "deny: []", "allow:\n",
      "deny: [{ kind: [url, hashtag], term: ['#a', 'u*', '*x', 'url:a/*'], reason: x }]",
      "deny: [{ place: [WORLD, 'country:*', 'lang:zh*', 'place:00ab'], from: 2014-01-01, reason: 'x\n\n  y' }]",
    ]) func good(yaml: String)
  {
    #expect(Self.complaints(yaml) == [])
  }

  @Test("damaged files are rules or faults that say what was expected, never a trap", arguments: 0..<12)
  func damaged(seed: UInt64) {
    let whole = Array(
      """
      deny:
        - term: ["#follow*", '*win a*', "$x"]
          kind: [hashtag, phrase]
          place: country:TR
          from: 2014-01-01T00:00:00Z
          until: 2015-01-01
          reason: >
            follow
            trains
        - { kind: emoji, reason: "\\u2603 x" }
      allow:
        - { term: "#followfriday", reason: a custom }

      """.utf8)
    var random = SeededGenerator(seed: seed)
    let signs = Array("{}[]:,&*!|>'\"%@`#$\\\n\t -?~".utf8)
    for _ in 0..<100 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<5, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(signs.randomElement(using: &random) ?? 0, at: at)
        default: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 0..<40, using: &random)))
        }
      }
      for complaint in Self.complaints(bytes) { #expect(complaint.contains("expected ")) }
    }
    for _ in 0..<100 {
      let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(!Self.complaints(bytes).isEmpty)
    }
  }
}
