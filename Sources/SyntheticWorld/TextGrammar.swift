internal import Bytes

/// Writes the words of a tweet from its seed.
struct TextGrammar: Sendable {
  let words: [Vocabulary]
  private let zipf = Zipf(count: Vocabulary.size)
  private static let cashtags: [StaticString] = ["TWTR", "AAPL", "WING", "NFLX", "BTC"]
  private static let html: [StaticString] = ["&amp;", "&lt;3", "-&gt;", "&amp;"]

  init(words: [Vocabulary]) { self.words = words }

  /// The text of a whole plan: a retweet's begins with `RT`, and holds 140 code points of the original's.
  func compose(
    _ plan: TweetPlan, _ people: Population, into text: inout Composition, original: inout Composition
  ) {
    guard let source = plan.retweeted else { return compose(plan.core, people, into: &text) }
    compose(source, people, into: &original)
    text.clear()
    text.append("RT ")
    text.append(mention: source.author, people.accounts[Int(source.author)].username)
    text.append(": ")
    text.append(original, limit: 140)
  }

  /// What an account says of itself.
  func append(profileOf account: Account, seed: UInt64, into out: inout ByteBuffer) {
    var random = SplitMix64(seed)
    let vocabulary = words[Int(account.language.rawValue)]
    for position in 0..<3 + random.below(6) {
      if position > 0 { out.append(" ") }
      vocabulary.append(zipf.draw(&random), to: &out)
    }
  }

  /// The text of `core` in full.
  func compose(_ core: TweetCore, _ people: Population, into text: inout Composition) {
    text.clear()
    var random = SplitMix64(core.textSeed)
    if core.replyAuthor >= 0 {
      text.append(mention: core.replyAuthor, people.accounts[Int(core.replyAuthor)].username)
      text.append(" ")
      text.displayStart = text.codePoints
    }
    if core.burst >= 0, Burst.all[Int(core.burst)].isSpam {
      return spam(Burst.all[Int(core.burst)], &random, into: &text)
    }
    if core.language == .und {
      for _ in 0...random.below(5) { text.append(Emoji.all[random.below(Emoji.all.count)]) }
      return
    }
    body(core, people, &random, into: &text)
    tail(core, &random, into: &text)
  }

  private func body(
    _ core: TweetCore, _ people: Population, _ random: inout SplitMix64, into text: inout Composition
  ) {
    let language = core.language
    let vocabulary = words[Int(language.rawValue)]
    let burst = core.burst >= 0 ? Burst.all[Int(core.burst)] : nil
    // A phrase stands within the words; a tag may stand anywhere, mostly at the end (see `tail`).
    var phraseAt = burst.map { $0.kind == .phrase ? random.below(4) : -1 } ?? -1
    let limit = language.isWide ? 90 : 190
    var left = 4 + random.below(11) + random.skewed(26) + (random.chance(120) ? 12 + random.below(20) : 0)
    while left > 0 && text.codePoints < limit {
      let sentence = min(left, 3 + random.below(9))
      for position in 0..<sentence where text.codePoints < limit {
        if position > 0 && language.hasSpaces { text.append(" ") }
        if phraseAt == 0, let burst {
          text.space()
          text.append(burst.term)
          if language.hasSpaces { text.append(" ") }
        }
        phraseAt -= 1
        word(burst, vocabulary, position, &random, into: &text)
      }
      left -= sentence
      if random.chance(15) {
        text.append(language == .en ? " \"ok\"" : "!")
      } else if language != .th || left > 0 {
        text.append(language.fullStop)
      }
      if left > 0 {
        if random.chance(60) { text.append("\n") } else if language.hasSpaces { text.append(" ") }
      }
    }
    if phraseAt >= 0, let burst {
      text.space()
      text.append(burst.term)
    }
    if random.chance(45) {
      text.space()
      let neighbours = people.byPlace[people.accounts[Int(core.author)].place]
      let other = neighbours[random.skewed(neighbours.count - 1)]
      text.append(mention: other, people.accounts[Int(other)].username)
    }
  }

  // What is said of one event is said in the same few words.
  private func word(
    _ burst: Burst?, _ vocabulary: Vocabulary, _ position: Int, _ random: inout SplitMix64,
    into text: inout Composition
  ) {
    var rank = zipf.draw(&random)
    // Zipf alone would make half of all words syllables; four in five read better, and the tail stays long.
    if rank >= vocabulary.headCount, random.chance(600) { rank = random.below(vocabulary.headCount) }
    if let burst, random.chance(300) { rank = 20 + (burst.start * 7 + random.below(5) * 31) % 80 }
    text.append(rank, of: vocabulary, capitalised: position == 0)
  }

  private func tail(_ core: TweetCore, _ random: inout SplitMix64, into text: inout Composition) {
    let language = core.language
    if random.chance(50) {
      text.space()
      text.append(Self.html[random.below(Self.html.count)])
    }
    if random.chance(40) {
      text.space()
      text.append(language.laughter)
    }
    if core.burst >= 0, Burst.all[Int(core.burst)].kind != .phrase {
      text.space()
      text.append(term: Burst.all[Int(core.burst)].term, kind: Burst.all[Int(core.burst)].kind)
    }
    let tags = language.hashtags
    if core.isMorning, random.chance(120) {
      text.space()
      text.append(hashtag: tags[0])
    } else if random.chance(160) {
      for _ in 0...random.skewed(3) {
        text.space()
        text.append(hashtag: tags[1 + random.skewed(tags.count - 2)])
      }
    }
    if random.chance(12) {
      text.space()
      text.append(cashtag: Self.cashtags[random.below(Self.cashtags.count)])
    }
    if random.chance(180) {
      text.space()
      for _ in 0...random.skewed(2) { text.append(Emoji.all[random.skewed(Emoji.all.count - 1)]) }
    }
    if random.chance(140) {
      text.space()
      text.append(link: SplitMix64.mix(core.textSeed) & 0xFFFF_FFFF_FFFF)
    }
    if random.chance(90) {
      text.space()
      text.append(link: core.id, isMedia: true)
    }
  }

  /// One of three templates with small changes: a cluster of near-duplicates.
  private func spam(_ burst: Burst, _ random: inout SplitMix64, into text: inout Composition) {
    let template = random.below(3)
    switch template {
    case 0: text.append("Claim your free coins today, only ")
    case 1: text.append("I just won free coins with this simple trick! Only ")
    default: text.append("Free coins for the next ")
    }
    text.append(number: 10 + random.below(90))
    switch template {
    case 0: text.append(" places left, hurry up and tell all your friends about it ")
    case 1: text.append(" people know how it works, join us before it is gone ")
    default: text.append(" people who follow us and share this with everyone ")
    }
    if random.chance(400) {
      text.append(Emoji.all[random.below(12)])
      text.append(" ")
    }
    text.append(term: burst.term, kind: burst.kind)
    text.append(" ")
    text.append(link: UInt64(template))
  }
}
