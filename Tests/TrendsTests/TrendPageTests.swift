import Bytes
import TestSupport
import Testing

@testable import Trends

@Suite struct TrendPageTests {
  static func page(_ rows: [Trend]) -> String {
    var terms = StrongestTerms()
    terms.add(rows)
    var bytes: [UInt8] = []
    TrendPage.write(terms) { bytes += $0.array }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func rows(_ count: Int) -> [Trend] {
    var random = SeededGenerator(seed: 7)
    return (0..<count).map { number in
      TrendFixture.row(
        "#t\(Int.random(in: 0..<90, using: &random))", place: ["world", "country:DE", "lang:de"][number % 3],
        end: Int64(60 + number), users: 5 + number % 9, score: Double.random(in: 1...99, using: &random),
        variants: ["#T", "#<t>"])
    }
  }

  @Test("the same rows give the same bytes") func deterministic() {
    #expect(Self.page(Self.rows(900)) == Self.page(Self.rows(900)))
  }

  @Test("nothing that people wrote is markup") func hostile() {
    let evil = "\"><script>alert('x')</script>&"
    let text = Self.page([
      TrendFixture.row(evil, place: "place:\(evil)", variants: [evil]),
      TrendFixture.row(evil, place: "lang:\(evil)"),
    ])
    #expect(!text.contains("<script") && !text.contains("alert('"))
    #expect(text.contains("<bdi>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</bdi>"))
  }

  @Test("it loads nothing and links to the examples alone") func offline() {
    let text = Self.page(Self.rows(300))
    #expect(
      !text.contains("src=") && !text.contains("url(") && !text.contains("@import") && !text.contains("<link")
    )
    for match in text.matches(of: /href="([^"]*)"/) {
      #expect(
        match.1.hasPrefix("#place") || match.1.hasPrefix("https://twitter.com/i/web/status/"), "\(match.1)")
    }
    #expect(text.contains("status/18446744073709551615\">18446744073709551615</a>"))
  }

  @Test("every element that is opened is closed") func wellFormed() {
    #expect(TrendFixture.isBalanced(Self.page(Self.rows(900))))
    #expect(TrendFixture.isBalanced(Self.page([TrendFixture.row("</td><b>", variants: ["<i>"])])))
  }

  @Test("at most fifty terms a place, ten of them open") func bounded() {
    let text = Self.page((0..<400).map { TrendFixture.row("#t\($0)", score: Double($0)) })
    #expect(text.matches(of: /<th scope="row">/).count == 50)
    #expect(text.contains("<summary>40 more</summary>"))
    #expect(text.contains("the 50 strongest terms"))
    #expect(text.contains("<bdi>#t399</bdi>") && !text.contains("<bdi>#t349</bdi>"))
  }

  @Test("without a row it says so") func empty() {
    #expect(Self.page([]).contains("<p>Nothing:"))
  }
}
