import Bytes
import Records
import Testing

@testable import Tokenization

@Suite struct LanguageDetectorTests {
  private func detect(_ text: [UInt8]) -> String {
    var code = ByteBuffer()
    LanguageDetector().detect(text.span, into: &code)
    return string(code.span)
  }

  private func string(_ bytes: Span<UInt8>) -> String {
    var copy: [UInt8] = []
    for i in bytes.indices { copy.append(bytes[i]) }
    return String(decoding: copy, as: UTF8.self)
  }

  @Test(
    "clear texts are named in Twitter's codes",
    arguments: [
      ("The storks are back on the roof of the old church this morning", "en"),
      ("Die Störche sind heute Morgen wieder auf dem Dach der alten Kirche", "de"),
      ("コウノトリが今朝また古い教会の屋根に戻ってきました", "ja"),
      ("Burung bangau kembali ke atap gereja tua pagi ini dan semua orang senang melihatnya", "in"),
      ("החסידות חזרו הבוקר אל גג הכנסייה הישנה", "iw"),
    ]) func clear(text: String, code: String)
  { #expect(detect(Array(text.utf8)) == code) }

  @Test("it abstains on what is short, mixed, empty or not UTF-8") func abstains() {
    #expect(detect(Array("ok".utf8)) == "")
    #expect(detect([]) == "")
    #expect(detect([0xFF, 0xFE, 0x61]) == "")
    #expect(detect(Array("12345 😀😀".utf8)) == "")
  }

  @Test("a missing language is filled, a present one kept") func fill() {
    var tweet = Tweet()
    tweet.text = tweet.add(Array("The storks are back on the roof of the old church this morning".utf8).span)
    #expect(LanguageDetector().fill(&tweet) == true)
    #expect(string(tweet.bytes(tweet.lang)) == "en")
    tweet.lang = tweet.add(Array("ja".utf8).span)
    #expect(LanguageDetector().fill(&tweet) == false)
    #expect(string(tweet.bytes(tweet.lang)) == "ja")
  }

  @Test("what says that nobody knows is filled", arguments: ["", "und", "UND"]) func unknown(code: String) {
    var tweet = Tweet()
    tweet.text = tweet.add(Array("The storks are back on the roof of the old church this morning".utf8).span)
    tweet.lang = tweet.add(Array(code.utf8).span)
    #expect(LanguageDetector().fill(&tweet) == true)
    #expect(string(tweet.bytes(tweet.lang)) == "en")
  }
}
