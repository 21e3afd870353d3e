import Testing

@testable import TextAnalysis

@Suite struct TagScannerTests {
  @Test("hashtags hold a letter and follow no letter") func hashtags() {
    #expect(
      entities("#1 #1a a#b #_ #a_b &#39; #é #日本 ＃ａ #a#b #c://d") == [
        "hashtag:#1a", "hashtag:#a_b", "hashtag:#é", "hashtag:#日本", "hashtag:＃ａ",
      ])
    #expect(entities("❤️#a #️⃣ #a\u{200C}b") == ["hashtag:#a", "hashtag:#a\u{200C}b"])
  }

  @Test("mentions are ASCII names of at most 20 characters") func mentions() {
    #expect(
      entities("@a_1 ＠b @é @@c x@d RT@e rt:@f art@g @h@i @j://k") == [
        "mention:@a_1", "mention:＠b", "mention:@e", "mention:@f",
      ])
    #expect(
      entities("@" + String(repeating: "a", count: 25)) == ["mention:@" + String(repeating: "a", count: 20)])
  }

  @Test("lists have a slug that begins with a letter") func lists() {
    #expect(entities("@a/b-1_c @a/1 @a/") == ["list:@a/b-1_c", "mention:@a", "mention:@a"])
  }

  @Test("cashtags are up to six letters behind a space, with a short suffix") func cashtags() {
    #expect(
      entities("$A $ABCDEF $ABCDEFG x$B $BRK.A $BRK_BB $BRK.CCC $1 $a1 $B,") == [
        "cashtag:$A", "cashtag:$ABCDEF", "cashtag:$BRK.A", "cashtag:$BRK_BB", "cashtag:$BRK", "cashtag:$B",
      ])
  }
}
