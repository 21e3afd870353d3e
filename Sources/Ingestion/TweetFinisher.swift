internal import Bytes
internal import QueryMatching
internal import Records
internal import TextAnalysis

/// What all shapes have in common once a tweet is read: entities that the source did not give, checks, filters, output.
struct TweetFinisher: ~Copyable {
  private var extractor = EntityExtractor()
  private var entities = EntityList()
  private var validator = TextValidator()
  private var printer: TextPrinter?
  private var matcher: QueryMatcher?
  private let options: DecodingOptions
  /// A tweet may be this much later than its id or than now: clocks differ.
  private static let tolerance: Int64 = 3_600_000
  /// A time that differs more from the id's is a finding.
  private static let mismatch: Int64 = 2000

  init(_ options: DecodingOptions) {
    self.options = options
    printer = options.clusters ? TextPrinter() : nil
    if let filter = options.filter { matcher = QueryMatcher(filter, now: options.now) }
  }

  /// Checks `tweet` and writes it to `result`, unless a filter holds it back.
  mutating func emit(_ tweet: inout Tweet, expanded: Bool = false, to result: DecodedChunk) throws(Rejection)
  {
    if tweet.needsEntities { extract(&tweet) }
    if tweet.id == 0 && !SnowflakeAssigner.canHold(tweet.createdAt) {
      throw Rejection(.missingID, "no id, and no id can hold \(Timestamp.text(tweet.createdAt))")
    }
    try checkTime(tweet, result)
    try checkLength(tweet, result)
    if !passes(time: tweet.createdAt) || !passes(id: tweet.id) || !passes(tweet) {
      if !expanded { result.ledger.filtered += 1 }
      return
    }
    var mark = ClusterMark()
    if options.clusters {
      // One that an earlier run gave names a tweet that this output may not hold.
      tweet.cluster = .absent
      mark.print = printer?.fingerprint(of: tweet) ?? 0
    }
    let place = TweetWriter.write(tweet, to: &result.bytes)
    mark.tail = Int32(result.bytes.count - place)
    result.entries.append(
      .init(id: tweet.id, end: result.bytes.count, isExpanded: expanded, time: tweet.createdAt, mark: mark))
  }

  /// Writes an event. Tombstones pass every filter of time: what was deleted later is deleted.
  func emit(_ event: Event, to result: DecodedChunk) {
    let isTombstone = event.kind == .delete || event.kind == .scrubGeo || event.kind == .userDelete
    let isInTime = isTombstone || event.at.map { passes(time: $0) } ?? true
    if !isInTime || event.kind == .delete && !passes(id: event.tweet) {
      result.ledger.filtered += 1
      return
    }
    event.write(to: &result.bytes)
    result.entries.append(.init(id: 0, end: result.bytes.count, isExpanded: false, isEvent: true))
  }

  private func passes(time: Int64) -> Bool {
    if let since = options.since, time < since { return false }
    if let until = options.until, time >= until { return false }
    return true
  }

  private func passes(id: UInt64) -> Bool {
    guard let limit = options.sampleBelow, id > 0 else { return true }
    var digits = ByteBuffer(capacity: 32)
    digits.append(string: String(id))
    return Checksum.xxh64(digits.span) < limit
  }

  private mutating func passes(_ tweet: borrowing Tweet) -> Bool { matcher?.matches(tweet) ?? true }

  private func checkTime(_ tweet: borrowing Tweet, _ result: DecodedChunk) throws(Rejection) {
    if let fromID = Snowflake.time(tweet.id) {
      let difference = tweet.createdAt - fromID
      if difference > Self.tolerance {
        throw Rejection(
          .futureTime,
          "\(Timestamp.text(tweet.createdAt)) is over an hour past the id's time, \(Timestamp.text(fromID))")
      }
      if abs(difference) > Self.mismatch {
        if options.isStrict {
          throw Rejection(
            .timeMismatch,
            "\(Timestamp.text(tweet.createdAt)) is not the id's time, \(Timestamp.text(fromID))")
        }
        result.timeMismatches += 1
      }
    } else if let now = options.now, tweet.createdAt > now + Self.tolerance {
      throw Rejection(
        .futureTime, "\(Timestamp.text(tweet.createdAt)) is over an hour past \(Timestamp.text(now))")
    }
  }

  private mutating func checkLength(_ tweet: borrowing Tweet, _ result: DecodedChunk) throws(Rejection) {
    let text = tweet.bytes(tweet.text)
    if Self.heaviest(text) <= LengthRules.v3.longest || Self.heavier(text) <= LengthRules.v3.longest {
      return
    }
    let weight = validator.length(of: text).weighted
    if weight <= LengthRules.v3.longest { return }
    if options.isStrict {
      throw Rejection(
        .overLength, "\(weight) weighted characters, at most \(LengthRules.v3.longest) are allowed")
    }
    result.overLengths += 1
  }

  // Bounds of the weighted length that spare most texts the exact rules. Below U+1000 a character weighs 1, else at most
  // 2, and each dot may belong to a link, which weighs 23 whatever its length. This one takes all beyond ASCII for 2.
  private static func heaviest(_ text: Span<UInt8>) -> Int {
    let highs: UInt64 = 0x8080_8080_8080_8080
    var weight = 0
    var index = 0
    while index < text.count {
      // Zeros behind the end count as ASCII: this is a bound.
      let word = text.word(at: index)
      let tails = (word & ~(word << 1) & highs).nonzeroBitCount
      let dots = word ^ 0x2E2E_2E2E_2E2E_2E2E
      let found = ~((dots & ~highs) &+ ~highs | dots) & highs
      weight += 8 - 2 * tails + (word & highs).nonzeroBitCount + 23 * found.nonzeroBitCount
      index += 8
    }
    return weight
  }

  // The same by bytes; only a dot with a letter or digit behind it belongs to a link.
  private static func heavier(_ text: Span<UInt8>) -> Int {
    var weight = 0
    for index in text.indices {
      let byte = text[index]
      weight += byte & 0xC0 == 0x80 ? 0 : byte > 0xE0 ? 2 : 1
      if byte == 0x2E, index + 1 < text.count, text[index + 1] >= 0x30 { weight += 23 }
    }
    return weight
  }

  // By twitter-text's rules, where the source has no entities object.
  private mutating func extract(_ tweet: inout Tweet) {
    extractor.extract(tweet.bytes(tweet.text), into: &entities)
    let base = Int(tweet.text.start)
    for entity in entities.entities {
      let name = TextRange(start: base + entity.name.lowerBound, count: entity.name.count)
      switch entity.kind {
      case .hashtag: tweet.hashtags.append(name)
      case .cashtag: tweet.cashtags.append(name)
      case .mention, .list: tweet.mentions.append(Mention(id: 0, username: name))
      case .url:
        let whole = TextRange(start: base + entity.range.lowerBound, count: entity.range.count)
        tweet.urls.append(Link(url: whole, expanded: .absent))
      }
    }
    tweet.needsEntities = false
  }
}
