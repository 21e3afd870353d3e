import Bytes
import Records
import Testing

@testable import TextAnalysis

/// The terms of a text, position by position.
func terms(
  _ text: String, lang: String = "", links: [(String, String)] = [], stem: AnalyzerSettings.Stemming = .off
) -> [[String]] {
  var analyzer = Analyzer(AnalyzerSettings(stemming: stem))
  var tweet = Tweet()
  tweet.text = tweet.add(Array(text.utf8).span)
  tweet.lang = tweet.add(Array(lang.utf8).span)
  for (url, expanded) in links {
    let written = tweet.add(Array(url.utf8).span)
    let target = tweet.add(Array(expanded.utf8).span)
    tweet.urls.append(Link(url: written, expanded: target))
  }
  analyzer.analyze(&tweet)
  return positions(tweet.tokens)
}

func positions(_ tokens: borrowing TokenList) -> [[String]] {
  var out: [[String]] = []
  for index in 0..<tokens.count {
    let term = tokens.term(index)
    var bytes: [UInt8] = []
    for i in term.indices { bytes.append(term[i]) }
    let position = Int(tokens.tokens[index].position)
    while out.count <= position { out.append([]) }
    out[position].append(String(decoding: bytes, as: UTF8.self))
  }
  return out
}

/// One term a position, for texts without entities.
func words(_ text: String, lang: String = "", links: [(String, String)] = []) -> [String] {
  terms(text, lang: lang, links: links).map { $0.joined(separator: "|") }
}

@Suite struct AnalyzerTests {
  @Test("words are cut, signs dropped, letters folded") func plain() {
    #expect(words("Just setting up my Twttr!") == ["just", "setting", "up", "my", "twttr"])
    #expect(
      words("don't stop 3.14 1,000 a_b __ end.Next") == ["don't", "stop", "3.14", "1,000", "a_b", "end.next"])
    #expect(words("12:30 a:b me@b c") == ["12", "30", "a", "b", "me", "b", "c"])
    #expect(words("don’t") == ["don't"])
    #expect(words("") == [])
    #expect(words(" \n\t…—!? ") == [])
  }

  @Test("entities give themselves and their bare form at one position") func entities() {
    #expect(
      terms("Go #NewYork @NASA $TWTR") == [
        ["go"], ["#newyork", "newyork"], ["@nasa", "nasa"], ["$twtr", "twtr"],
      ])
    #expect(terms("＃Café ＠NASA") == [["#cafe", "cafe"], ["@nasa", "nasa"]])
    #expect(terms("@NASA/Crew-1 x") == [["@nasa/crew-1", "nasa/crew-1"], ["x"]])
    #expect(terms("#東京タワー") == [["#東京タワー", "東京タワー"]])
  }

  @Test("a link gives its expanded host and path words") func links() {
    let link = ("https://t.co/AbC", "https://www.Example.org/News/big-storm_2020.html?utm=1#top")
    #expect(words("see https://t.co/AbC now") == ["see", "t.co", "now"])
    #expect(
      terms("see https://t.co/AbC now", links: [link]).map { $0[0] }
        == ["see", "example.org", "news", "big", "storm", "2020", "html", "now"])
    let other = ("https://t.co/Xy", "http://b.example/y")
    #expect(
      words("https://t.co/Xy https://t.co/AbC https://t.co/Xy", links: [link, other]).filter {
        $0.contains(".")
      }
        == ["b.example", "example.org", "b.example"])
    #expect(words("at example.com/A%C3%89b/c") == ["at", "example.com", "aeb", "c"])
    #expect(words("http://foo.co.jp:8080/x") == ["foo.co.jp", "x"])
    #expect(words("https://ja.wikipedia.org/wiki/%E6%9D%B1%E4%BA%AC") == ["ja.wikipedia.org", "wiki", "東京"])
    #expect(words("www.example.com") == ["example.com"])
  }

  @Test("Latin, Greek and Cyrillic lose their diacritics, others keep them") func folding() {
    #expect(
      words("Café Straße ŁÓDŹ smørrebrød İstanbul ırmak") == [
        "cafe", "strasse", "lodz", "smorrebrod", "istanbul", "irmak",
      ])
    #expect(words("cafe\u{301} ÀÉ") == ["cafe", "ae"])
    #expect(words("Άλφα ΟΔΟΣ Ёлка Йод") == ["αλφα", "οδοσ", "елка", "иод"])
    #expect(words("שָׁלוֹם हिन्दी") == ["שָׁלוֹם", "हिन्दी"])
    #expect(words("ﬁne Ｆｕｌｌ ① x²") == ["fine", "full", "1", "x", "2"])
    #expect(words("می‌خواهم") == ["میخواهم"])
  }

  @Test("one emoji sequence is one term") func emoji() {
    #expect(
      words("hi😀there ❤️ 👨‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 1️⃣ #️⃣ ok") == [
        "hi", "😀", "there", "❤", "👨‍👩‍👧‍👦", "🇩🇪", "🇫🇷", "👍🏽", "1\u{20E3}", "#\u{20E3}", "ok",
      ])
    #expect(words("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏳️‍🌈") == ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳\u{200D}🌈"])
    #expect(words("© 2020 ™ ‼ ☂") == ["2020", "☂"])
  }

  @Test("Han, kana and Hangul give bigrams, a run of one itself") func bigrams() {
    #expect(words("東京タワー") == ["東京", "京タ", "タワ", "ワー"])
    #expect(words("猫 が。") == ["猫", "が"])
    #expect(words("안녕하세요 BTS는") == ["안녕", "녕하", "하세", "세요", "bts", "는"])
    #expect(words("ｶﾞﾝﾊﾞ") == ["ガン", "ンバ"])
    #expect(words("が") == words("か\u{3099}"))
    #expect(words("ㅋㅋㅋ") == ["\u{110F}\u{110F}", "\u{110F}\u{110F}"])
    #expect(words("第3回 ０") == ["第", "3", "回", "0"])
  }

  @Test("Thai, Lao, Khmer and Burmese are cut by dictionaries") func dictionaries() {
    #expect(words("สวัสดีครับ") == ["สวัสดี", "ครับ"])
    #expect(words("ສະບາຍດີ").count >= 1)
    #expect(words("សួស្តីពិភពលោក").count > 1)
    #expect(words("မြန်မာစာ").count >= 1)
  }

  @Test("stems stand beside their words, by the tweet's language") func stems() {
    #expect(terms("Running #cats", lang: "en", stem: .auto) == [["running", "run"], ["#cats", "cats"]])
    #expect(terms("Häuser", lang: "de", stem: .auto) == [["hauser", "haus"]])
    #expect(terms("красный", lang: "ru", stem: .auto) == [["красныи", "красн"]])
    #expect(terms("running", lang: "ja", stem: .auto) == [["running"]])
    #expect(terms("running", lang: "", stem: .language(.en)) == [["running", "run"]])
    #expect(
      terms("https://t.co/a cats", lang: "en", links: [("https://t.co/a", "http://x.com/dogs")], stem: .auto)
        == [["x.com"], ["dogs"], ["cats", "cat"]])
  }

  @Test("a query's words give the terms that the index has") func queries() {
    for query in ["#NewYork", "café", "東京", "don't", "❤️", "@NASA", "سلام", "สวัสดี"] {
      var analyzer = Analyzer()
      var tokens = TokenList()
      analyzer.words(of: Array(query.utf8).span, language: [UInt8]().span, into: &tokens)
      #expect(positions(tokens) == terms(query), "\(query)")
    }
  }

  @Test("identifiers name the settings and read back") func identifiers() {
    for settings in [
      AnalyzerSettings(), AnalyzerSettings(stemming: .auto), AnalyzerSettings(stemming: .language(.de)),
    ] {
      #expect(AnalyzerSettings(identifier: settings.identifier) == settings)
    }
    #expect(Analyzer(AnalyzerSettings(stemming: .auto)).identifier == "tm1-stem-auto")
    #expect(AnalyzerSettings(identifier: "tm2") == nil)
    #expect(AnalyzerSettings(identifier: "tm1-stem-off") == nil)
    #expect(AnalyzerSettings(stem: "klingon") == nil)
  }
}
