internal import Bytes

/// The words of one language by rank, in one run of bytes.
struct Vocabulary: Sendable {
  /// Words of a vocabulary, head and tail.
  static let size = 20_000

  private let bytes: [UInt8]
  private let starts: [Int32]
  /// Words that are real; the rest are syllables.
  let headCount: Int

  /// Head words in their order, then a tail whose words get longer as they get rarer.
  init(_ language: Language) {
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    func add(_ word: [UInt8]) {
      bytes += word
      starts.append(Int32(bytes.count))
    }
    let head = Self.words(language.head)
    for word in head { add(word) }
    let syllables = Self.words(language.syllables)
    var random = SplitMix64(0x7765_6574 &+ UInt64(language.rawValue))
    for rank in head.count..<Self.size {
      let parts = (language.hasSpaces ? 2 : 1) + (rank > 800 ? 1 : 0) + random.below(2)
      add((0..<parts).flatMap { _ in syllables[random.below(syllables.count)] })
    }
    self.bytes = bytes
    self.starts = starts
    headCount = head.count
  }

  /// Appends the UTF-8 of the word of that rank.
  func append(_ rank: Int, to text: inout ByteBuffer) {
    text.append(bytes.span.extracting(Int(starts[rank])..<Int(starts[rank + 1])))
  }

  /// The UTF-8 of the word of that rank.
  func bytes(of rank: Int) -> [UInt8] { Array(bytes[Int(starts[rank])..<Int(starts[rank + 1])]) }

  private static func words(_ text: String) -> [[UInt8]] {
    text.utf8.split(whereSeparator: { $0 == 32 || $0 == 10 }).map(Array.init)
  }
}

/// Emoji as people use them: plain, with variation selectors, skin tones, joiners, flags and keycaps.
enum Emoji {
  static let all: [StaticString] = [
    "😂", "❤️", "🔥", "😭", "🥺", "✨", "😍", "🙏", "👍", "☕", "🎉", "💜", "👍🏽", "🙌🏾", "👏🏻", "🤦🏽‍♀️", "👩‍🚀", "👨‍👩‍👧‍👦",
    "🏳️‍🌈", "🇧🇷", "🇯🇵", "🇩🇪", "1️⃣", "⚽", "🐦", "🌧️", "🌸", "🧑🏿‍💻", "😂😂", "🤷‍♂️",
  ]
}
