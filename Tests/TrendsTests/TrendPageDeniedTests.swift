import Testing

@testable import Trends

@Suite struct TrendPageDeniedTests {
  @Test("denied terms are named at the end, and are no rows") func section() {
    let page = TrendPageTests.page([
      TrendFixture.row("#shown"), DeniedTermsTests.row("#<b>hidden", score: 3, reason: "a & \"b\""),
    ])
    #expect(page.contains("<h2>Denied by rules<small>1 term</small></h2>"))
    #expect(page.contains("<bdi>#&lt;b&gt;hidden</bdi> (<bdi>a &amp; &quot;b&quot;</bdi>; 1 row)"))
    #expect(page.split(separator: "hidden").count == 2 && page.contains("; 1 trend "))
    #expect(TrendFixture.isBalanced(page))
  }

  @Test("a page of denied terms alone says so") func alone() {
    let page = TrendPageTests.page([DeniedTermsTests.row("#hidden", score: 3)])
    #expect(page.contains("<p>Nothing but what rules deny.</p>") && TrendFixture.isBalanced(page))
  }

  @Test("without any nothing is said") func none() {
    #expect(!TrendPageTests.page([TrendFixture.row("#shown")]).contains("enied"))
  }
}
