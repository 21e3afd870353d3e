internal import Bytes

/// A span of a text with a meaning. Positions count code points, as the service's indices do.
struct TextEntity {
  enum Kind { case hashtag, cashtag, mention, url, media }
  var kind: Kind
  var start: Int
  var end: Int
  /// Bytes in the text, without the leading sign.
  var bytes: Range<Int>
  /// The account of a mention, the seed of a link.
  var reference: UInt64
}

/// A text while it is written: its bytes as the service would send them (`&`, `<` and `>` as entities) and where its
/// hashtags, mentions and links lie. Used again for the next text, so that none of it is allocated twice.
struct Composition: ~Copyable {
  private(set) var text = ByteBuffer(capacity: 2048)
  private(set) var codePoints = 0
  private(set) var entities: [TextEntity] = []
  /// The mentions that a reply begins with are no part of what is shown.
  var displayStart = 0
  /// Attached media are not shown either.
  var displayEnd: Int { entities.last.map { $0.kind == .media ? $0.start - 1 : codePoints } ?? codePoints }

  mutating func clear() {
    text.removeAll()
    codePoints = 0
    entities.removeAll(keepingCapacity: true)
    displayStart = 0
  }

  mutating func append(_ literal: StaticString) {
    let before = text.count
    text.append(literal)
    count(from: before)
  }

  mutating func append(_ rank: Int, of words: Vocabulary, capitalised: Bool = false) {
    let before = text.count
    words.append(rank, to: &text)
    if capitalised, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text.span[before]) {
      var view = text.mutableSpan
      view[before] -= 32
    }
    count(from: before)
  }

  mutating func append(number: Int) {
    let before = text.count
    text.append(decimal: UInt64(number))
    count(from: before)
  }

  /// A space, unless the text is empty or has one already.
  mutating func space() {
    if text.isEmpty { return }
    let last = text.span[text.count - 1]
    if last != 32 && last != 10 { append(" ") }
  }

  /// A burst's term, which carries its sign.
  mutating func append(term: StaticString, kind: Burst.Kind) {
    switch kind {
    case .hashtag: entity(.hashtag, 0) { $0.append(term) }
    case .cashtag: entity(.cashtag, 0) { $0.append(term) }
    case .phrase: append(term)
    }
  }

  mutating func append(hashtag: StaticString) {
    entity(.hashtag, 0) {
      $0.append("#")
      $0.append(hashtag)
    }
  }

  mutating func append(cashtag: StaticString) {
    entity(.cashtag, 0) {
      $0.append("$")
      $0.append(cashtag)
    }
  }

  mutating func append(mention account: Int32, _ username: [UInt8]) {
    entity(.mention, UInt64(account)) {
      $0.append("@")
      $0.append(username)
    }
  }

  /// A shortened link; where it leads follows from the seed.
  mutating func append(link seed: UInt64, isMedia: Bool = false) {
    entity(isMedia ? .media : .url, seed) { Links.appendShort(seed, to: &$0) }
  }

  private mutating func entity(
    _ kind: TextEntity.Kind, _ reference: UInt64, _ body: (inout ByteBuffer) -> Void
  ) {
    let before = text.count
    let start = codePoints
    body(&text)
    count(from: before)
    let skip = kind == .url || kind == .media ? 0 : 1
    entities.append(
      TextEntity(
        kind: kind, start: start, end: codePoints, bytes: before + skip..<text.count, reference: reference))
  }

  /// `other` up to `limit` code points in all, with an ellipsis where it was cut; entities that were cut are dropped.
  mutating func append(_ other: borrowing Composition, limit: Int) {
    let room = limit - codePoints
    let shift = codePoints
    let byteShift = text.count
    if other.codePoints <= room {
      text.append(other.text.span)
      codePoints += other.codePoints
      for entity in other.entities { entities.append(entity.moved(by: shift, bytes: byteShift)) }
      return
    }
    let source = other.text.span
    var end = 0
    var points = 0
    while end < source.count {
      if source[end] & 0xC0 != 0x80 {
        if points == room - 1 { break }
        points += 1
      }
      end += 1
    }
    text.append(source.extracting(0..<end))
    codePoints += points
    for entity in other.entities where entity.end <= points {
      entities.append(entity.moved(by: shift, bytes: byteShift))
    }
    append("…")
  }

  /// The first `points` code points of `other`, an ellipsis and a link to the whole: the `text` of a long tweet in the
  /// streaming API.
  mutating func keep(first points: Int, of other: borrowing Composition, link: UInt64) {
    clear()
    append(other, limit: points + 1)
    append(" ")
    append(link: link)
  }

  // Bytes that continue no code point each begin one.
  private mutating func count(from start: Int) { codePoints += points(from: start) }

  private func points(from start: Int) -> Int {
    var points = 0
    let view = text.span
    for index in start..<view.count where view[index] & 0xC0 != 0x80 { points += 1 }
    return points
  }
}

extension TextEntity {
  func moved(by points: Int, bytes shift: Int) -> TextEntity {
    var copy = self
    copy.start += points
    copy.end += points
    copy.bytes = bytes.lowerBound + shift..<bytes.upperBound + shift
    return copy
  }
}

/// Links, long and short, made from a seed.
enum Links {
  private static let hosts: [StaticString] = [
    "www.example.com/news", "example.org/blog", "video.example.net/watch", "shop.example.com/item",
    "example.de/nachrichten", "example.co.jp/articles", "github.example.com/birds", "en.example.org/wiki",
  ]
  private static let words: [StaticString] = [
    "mars-landing", "storks-return", "city-marathon", "new-bridge", "best-coffee", "night-trains",
    "rain-radar",
    "comet-guide", "street-music", "match-report", "harbour-lights", "open-data",
  ]
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// `https://t.co/` and ten letters.
  static func appendShort(_ seed: UInt64, to out: inout ByteBuffer) {
    out.append("https://t.co/")
    var rest = SplitMix64.mix(~seed)
    for _ in 0..<10 {
      out.append(alphabet[Int(rest % 62)])
      rest /= 62
    }
  }

  /// Where it leads: few pages are linked often.
  static func appendLong(_ seed: UInt64, scheme: Bool = true, to out: inout ByteBuffer) {
    var random = SplitMix64(seed)
    if scheme { out.append("https://") }
    out.append(hosts[random.skewed(hosts.count - 1)])
    out.append("/")
    out.append(words[random.skewed(words.count - 1)])
    if random.chance(500) {
      out.append("?id=")
      out.append(decimal: UInt64(random.skewed(5000)))
    }
  }
}
