internal import Bytes
internal import Records
internal import TextAnalysis

/// Takes the fingerprints of tweets' texts. One per thread.
struct TextPrinter: ~Copyable {
  private var analyzer = Analyzer()
  private var tokens = TokenList()

  /// The fingerprint of the text, without the mark of a retweet; 0 where it has too few words.
  ///
  /// Links count as they are written: where they lead is what copies differ in, and its words would make texts without
  /// words of their own alike. Tokens that a record brings are not used for the same reason, and may be of other settings.
  mutating func fingerprint(of tweet: borrowing Tweet) -> UInt64 {
    let text = tweet.bytes(tweet.text)
    let start = TextFingerprint.start(of: text)
    analyzer.analyze(
      text: text.extracting(start..<text.count), language: tweet.bytes(.absent), into: &tokens)
    return TextFingerprint.of(tokens)
  }
}
