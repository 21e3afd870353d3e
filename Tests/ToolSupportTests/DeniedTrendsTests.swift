import Testing
import ToolSupport

@Suite struct DeniedTrendsTests {
  @Test("terms of one reason stand together, in the order given") func grouped() {
    #expect(
      DeniedTrends.text([("#a", "trains"), ("#c", "spam"), ("#b", "trains")])
        == "3 denied by rules: #a, #b (trains), #c (spam)")
    #expect(DeniedTrends.text([]) == nil)
  }

  @Test("beyond five they are counted, and nothing moves the cursor") func bounded() {
    let text = DeniedTrends.text((0..<9).map { ("#\($0)\u{1B}", "why\u{202E}") })
    #expect(text == "9 denied by rules: #0 , #1 , #2 , #3 , #4  (why ) and 4 more")
  }
}
