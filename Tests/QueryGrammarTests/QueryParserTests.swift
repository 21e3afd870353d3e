import TestSupport
import Testing

@testable import QueryGrammar

@Suite struct QueryParserTests {
  /// The outline on one line: children in brackets.
  static func outline(_ query: String) throws -> String {
    let lines = try QueryParser.parse(query).outline.split(separator: "\n")
    var out = ""
    var depth = 0
    for line in lines {
      let own = line.prefix { $0 == " " }.count / 2
      if own > depth {
        out += " ["
      } else {
        out += String(repeating: "]", count: depth - own) + (out.isEmpty ? "" : "; ")
      }
      depth = own
      out += line.drop { $0 == " " }
    }
    return out + String(repeating: "]", count: depth)
  }

  @Test(
    "a query is understood as its outline says",
    arguments: [
      ("a", "word a"), ("a b", "all of [word a; word b]"), ("a AND b", "all of [word a; word b]"),
      ("a b OR c d", "any of [all of [word a; word b]; all of [word c; word d]]"),
      ("a (b OR c)", "all of [word a; any of [word b; word c]]"), ("((a))", "word a"), ("-a", "not [word a]"),
      ("--a", "not [not [word a]]"), ("-(a b)", "not [all of [word a; word b]]"),
      ("- a", "all of [word -; word a]"), ("(-)", "word -"), ("+a", "word a"), ("+\"a b\"", "phrase \"a b\""),
      ("a (b c) d", "all of [word a; word b; word c; word d]"),
      ("a OR (b OR c)", "any of [word a; word b; word c]"),
      ("a-b", "word a-b"), ("\"a b\"", "phrase \"a b\""), ("“a b”", "phrase \"a b\""),
      ("-\"a\"", "not [phrase \"a\"]"),
      ("or", "word or"), ("pre*", "prefix pre*"), ("*", "every tweet"), ("a*b", "word a*b"),
      ("#Tag", "hashtag = Tag"),
      ("＃Tag", "hashtag = Tag"), ("#", "word #"), ("$TWTR", "cashtag = TWTR"), ("$5", "word $5"),
      ("@you", "mention = you"),
      ("from:nasa", "author = nasa"), ("FROM:@NASA", "author = NASA"), ("to:a", "replied = a"),
      ("from:12", "author = 12"), ("retweets_of:a", "retweeted = a"), ("from:“a b”", "author = a b"),
      ("conversation_id:5", "conversation = 5"), ("url:\"a.org/b c\"", "link has the words a.org/b c"),
      ("lang:ja", "language = ja"), ("source:\"Web App\"", "source = Web App"), ("has:media", "has media"),
      ("IS:Reply", "has reply"), ("likes:[5 TO 9]", "likes 5..9"), ("likes:[5 TO *]", "likes 5.."),
      ("filter:native_video", "has videos"), ("-filter:retweets", "not [has retweet]"),
      ("has:geo", "has geo"),
      ("is:safe", "not [has sensitive]"), ("min_likes:5", "likes 5.."), ("min_faves:5", "likes 5.."),
      ("max_retweets:5", "retweets 0..5"),
      ("likes:5", "likes 5..5"), ("likes:5..9", "likes 5..9"), ("likes:..9", "likes 0..9"),
      ("likes:5..", "likes 5.."),
      ("since:2018-01-01", "time 1514764800000.."), ("until:2018-01-01_00:00:01_UTC", "time ..1514764800999"),
      ("since_time:1", "time 1000.."), ("since_id:7", "id 8.."), ("max_id:7", "id 0..7"),
      ("http://t.co/a", "word http://t.co/a"), ("12:30", "word 12:30"),
      ("\"a b\"~3", "phrase \"a b\" within 3 moves"), ("\"a * b\"", "phrase \"a * b\""),
      ("a ?", "all of [word a; has question]"),
      ("a?", "word a?"), ("?(a)", "all of [has question; word a]"), ("a :)", "all of [word a; has positive]"),
      ("(a :()", "all of [word a; has negative]"),
      ("since:201801010000", "time 1514764800000.."), ("within_time:2h", "time in the last 7200 s"),
      ("near:1,2 a within:5km", "all of [point within 5.0 km of 2.0 E, 1.0 N; word a]"),
      (
        "(near:1,2 OR near:3,4) within:5",
        "any of [point within 5.0 km of 2.0 E, 1.0 N; point within 5.0 km of 4.0 E, 3.0 N]"
      ),
      ("near:1,2", "point within 24.14016 km of 2.0 E, 1.0 N"),
      ("bounding_box:[170 -50 -170 -30]", "point from 170.0 E to -170.0 E, -50.0 N to -30.0 N"),
    ]) func understood(query: String, outline: String)
  {
    #expect((try? Self.outline(query)) == outline, "\(query)")
  }

  @Test(
    "what cannot be answered is pointed at, with what can",
    arguments: [
      ("", 1, "an empty query", "write a word, or from:someone"),
      ("   ", 1, "an empty query", "write a word, or from:someone"),
      ("(", 2, "expected a clause, found the end", nil), ("()", 2, "expected a clause, found \")\"", nil),
      ("a\u{FFFD}", 2, "a byte that is not UTF-8", "give the query in UTF-8; see the locale's LANG"),
      (")", 1, "expected a clause, found \")\"", nil),
      ("a )", 3, "a closing parenthesis without an opening one", "remove it"),
      ("a (b", 3, "a parenthesis that does not end", "add a closing )"),
      ("\"x", 1, "a quote that does not end", "add a closing \""),
      ("é \"x", 3, "a quote that does not end", "add a closing \""),
      ("a OR", 5, "expected a clause, found the end", nil),
      ("OR a", 1, "expected a clause, found OR", nil), ("a OR OR b", 6, "expected a clause, found OR", nil),
      ("AND a", 1, "AND without a clause before it", nil),
      ("a AND", 3, "AND without a clause behind it", nil),
      ("form:x", 1, "unknown operator form:", "did you mean from:? To search for the word, quote it"),
      ("zzzzzzzz:x", 1, "unknown operator zzzzzzzz:", "to search for the word, quote it"),
      (
        "list:a/b", 1, "list: cannot be answered from tweets",
        "the nearest that can: (from:a OR from:b), with the list's members"
      ),
      (
        "filter:follows", 8, "filter:follows cannot be answered from tweets",
        "the nearest that can: (from:a OR from:b), with the accounts' names"
      ),
      (
        "within:5km a", 1, "within: without a near: beside it",
        "write near:52.5,13.4 within:10km; a time is within_time:2d"
      ),
      (
        "point_radius:[1 95 5km]", 14, "expected a latitude from -90 to 90, found \"95\"",
        "are longitude and latitude in the other order?"
      ),
      (
        "bounding_box:[1 5 2 4]", 14, "a box whose south lies north of its north: 1 5 2 4",
        "the order is [west south east north]"
      ),
      ("\"a\"~x", 5, "expected a number from 0 to 100 behind ~", "write \"near by\"~3"),
      ("sample:0", 8, "expected percent from 1 to 100, found \"0\"", nil),
      ("from:[a]", 6, "from: takes no brackets", "from:value, or from:\"a value\""),
      ("within_time:5y", 13, "expected a length of time, found \"5y\"", "2d, 3h, 5m or 30s"),
      (
        "since:201802300000", 7, "expected a date that exists, found \"201802300000\"",
        "2018-01-31, 2018-01-31_23:59:59_UTC or 201801312359"
      ),
      ("lang:", 6, "expected a value behind lang:", "lang:something, without a space"),
      ("min_likes:x", 11, "expected a whole number, found \"x\"", "digits alone, at most 2^63-1"),
      ("likes:-5", 7, "expected a whole number, found \"-5\"", "digits alone, at most 2^63-1"),
      (
        "likes:99999999999999999999", 7, "expected a whole number, found \"99999999999999999999\"",
        "digits alone, at most 2^63-1"
      ),
      (
        "since:2018-02-30", 7, "expected a date that exists, found \"2018-02-30\"",
        "2018-01-31, 2018-01-31_23:59:59_UTC or 201801312359"
      ),
      ("likes:5..1", 7, "a range that holds nothing: 5..1", "write 10..100"),
      ("likes:..", 7, "a range that holds nothing: ..", "write 10..100"),
      ("likes:1..x", 10, "expected a whole number, found \"x\"", "digits alone, at most 2^63-1"),
      ("has:dog", 5, "has:dog cannot be answered", "the nearest that can is has:geo"),
      ("max_id:0", 8, "expected an id from 1 to 2^63-1, found \"0\"", "digits alone"),
      ("near:[x", 6, "a bracket that does not end", "add a closing ]"),
      ("a**", 1, "a wildcard that does not end a word", "write pre*, or quote the word"),
      ("*ing", 1, "a wildcard that does not end a word", "write pre*, or quote the word"),
      (
        "since_time:99999999999999", 12, "expected seconds since 1970, found \"99999999999999\"",
        "milliseconds have three digits more"
      ),
    ] as [(String, Int, String, String?)]) func refused(
      query: String, column: Int, message: String, hint: String?
    )
  {
    #expect(throws: QueryError(column, message, hint: hint), "\(query)") { _ = try QueryParser.parse(query) }
  }

  @Test("a word with a colon that is no operator is refused with a way out") func colon() {
    #expect(throws: QueryError.self) { _ = try QueryParser.parse("a:b") }
    #expect(throws: Never.self) { _ = try QueryParser.parse("\"a:b\"") }
  }

  @Test("since_id of the greatest id is no trap") func greatestID() throws {
    #expect(try Self.outline("since_id:9223372036854775807").hasPrefix("id 9223372036854775807"))
  }

  @Test("a million terms, and a phrase of a million words, are refused in bounded time and stack")
  func million() {
    #expect(throws: QueryError.self) { _ = try QueryParser.parse(String(repeating: "a ", count: 1_000_000)) }
    #expect(throws: QueryError.self) { _ = try QueryParser.parse(String(repeating: "(", count: 1_000_000)) }
    #expect(throws: QueryError.self) {
      _ = try QueryParser.parse("\"" + String(repeating: "a ", count: 1_000_000) + "\"")
    }
    #expect(throws: QueryError.self) { _ = try QueryParser.parse(String(repeating: "(-", count: 500_000)) }
  }

  @Test("nesting and clauses are bounded") func bounds() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    #expect(throws: Never.self) { _ = try QueryParser.parse(nested(QueryParser.maximumDepth - 1)) }
    #expect(throws: QueryError(201, "nested deeper than 200", hint: "leave out parentheses")) {
      _ = try QueryParser.parse(nested(QueryParser.maximumDepth + 1))
    }
    #expect(throws: QueryError.self) {
      _ = try QueryParser.parse(String(repeating: "-", count: 100_000) + "a")
    }
    #expect(throws: QueryError.self) {
      _ = try QueryParser.parse(String(repeating: "a ", count: QueryParser.maximumClauses + 1))
    }
  }

  @Test("random strings never trap, and errors point inside", arguments: 0..<10) func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pool = [
      "(", ")", "\"", "-", "*", "#", "$", "@", ":", " ", "a", "OR", " OR ", " AND ", "from:", "likes:", "..",
      "9", "since:", "2018-01-01",
      "[", "]", "é", "🐦", "\u{0}", "\n", "“", "”", "has:", "media", "max_id:", "99999999999999999999", "_",
      "min_", "e\u{301}", "\u{200D}", "\u{301}", "\u{600}", "~3", "~", "+", "?", ":)", ":(", "contains:",
      "url:", "mentions:", "within:", "near:",
      "1,2", "5km", "point_radius:[", "1 2 3]", "\r\n", "＠", "to:", " ) ", " : ",
    ]
    for _ in 0..<2000 {
      let query = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
        pool.randomElement(using: &random) ?? ""
      }.joined()
      do {
        let tree = try QueryParser.parse(query)
        #expect(try QueryParser.parse(tree.text).outline == tree.outline, "\(query) as \(tree.text)")
      } catch {
        #expect(error.column >= 1 && error.column <= query.count + 1 && !error.message.isEmpty, "\(query)")
      }
    }
  }
}
