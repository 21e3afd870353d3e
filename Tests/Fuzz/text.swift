import Bytes
import Records

@testable import TextAnalysis

nonisolated(unsafe) private var analyzer = Analyzer(AnalyzerSettings(stemming: .auto))
private let languages = ["", "en", "de", "tr", "ja", "th", "ru", "ar", "xx"]

/// Texts: terms are UTF-8, not empty and not too long, and each comes from a place in the text.
func fuzz(_ bytes: [UInt8]) {
  let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
  let language = Array(languages[bytes.count % languages.count].utf8)
  var tokens = TokenList()
  var ranges: [Range<Int>] = []
  unsafe analyzer.analyze(
    text: text.span, language: language.span, links: [], arena: text.span, into: &tokens, ranges: &ranges)
  require(tokens.count == ranges.count, "\(tokens.count) terms, \(ranges.count) places")
  for range in ranges { require(range.upperBound <= text.count, "\(range) of \(text.count)") }
  var plain = TokenList()
  unsafe analyzer.analyze(text: text.span, language: language.span, into: &plain)
  require(plain.count == tokens.count, "with places \(tokens.count) terms, without \(plain.count)")
  var once = ByteBuffer()
  var twice = ByteBuffer()
  unsafe analyzer.fold(text.span, into: &once)
  unsafe analyzer.fold(once.span, into: &twice)
  require(once.span.array == twice.span.array, "folding twice changes something")
}
