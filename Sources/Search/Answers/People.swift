internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex
internal import TextAnalysis

/// An account that `--users` found.
public struct Person: Equatable, Sendable {
  /// How it was found.
  public enum Match: String, Comparable, Sendable {
    /// The handle is what was asked for; begins so; does with one letter corrected; or handle and name hold all the words.
    case handle, beginning, correction, name
    private var rank: Int {
      switch self {
      case .handle: 0
      case .beginning: 1
      case .correction: 2
      case .name: 3
      }
    }
    /// Better ones first.
    public static func < (a: Match, b: Match) -> Bool { a.rank < b.rank }
  }
  /// How it was found.
  public var match: Match
  /// The account's newest tweet: its author is the account as it was last seen.
  public var newest: Hit
  /// The time of that tweet, in ms since 1970.
  public var time: Int64
  /// Its tweets.
  public var count: Int
  /// As `Suggestion.score`.
  public var score: Double

  static func precedes(_ a: Person, _ b: Person) -> Bool {
    if a.match != b.match { return a.match < b.match }
    return a.score != b.score ? a.score > b.score : a.newest.id > b.newest.id
  }
}

extension Searcher {
  /// The `limit` accounts that fit `text` best, by how they were found, then by score, then by id.
  ///
  /// Blanks, `@` and capitals do not count: `Bird Watch` finds @birdwatch. Only where no handle fits, names are looked at.
  /// - Complexity: that of `suggest`; looking at names reads every account's newest record, about a second a million.
  public func people(_ text: String, limit: Int) throws -> [Person] {
    var finder = PeopleFinder(self, limit: limit)
    var people = try finder.byHandle(text)
    if people.isEmpty { people = try finder.byName(text) }
    people.sort(by: Person.precedes)
    return Array(people.prefix(limit))
  }
}

private struct PeopleFinder: ~Copyable {
  private let searcher: Searcher
  private let segments: [Segment]
  private let now: Int64
  private let limit: Int
  private var analyzer: Analyzer

  init(_ searcher: Searcher, limit: Int) {
    self.searcher = searcher
    self.limit = limit
    segments = searcher.segments.map(\.reader.segment)
    now = searcher.newestTime
    analyzer = Analyzer(searcher.settings)
  }

  private mutating func fold(_ text: some StringProtocol) -> [UInt8] {
    var folded = ByteBuffer()
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &folded)
    return folded.span.array
  }

  mutating func byHandle(_ text: String) throws -> [Person] {
    let start = fold(text.filter { !$0.isWhitespace && $0 != "@" })
    if start.isEmpty { return [] }
    if limit <= 0 { return [] }
    var people: [Person] = []
    // The very one comes first, however few its tweets.
    if let visit = try FrequentTerms.visit([TermField.author.rawValue] + start, segments),
      let newest = try searcher.newestLive(visit.lists, .author)
    {
      people.append(person(.handle, newest.hit, newest.time, visit.documents))
    }
    try add([start], .beginning, but: { $0 == start }, &people)
    if people.count >= limit { return people }
    let variants = try TypoVariants.beginnings(of: start, field: TermField.author.rawValue, in: segments)
    try add(variants, .correction, but: { $0.starts(with: start) }, &people)
    return people
  }

  private func add(
    _ starts: [[UInt8]], _ match: Person.Match, but known: @escaping ([UInt8]) -> Bool,
    _ people: inout [Person]
  ) throws {
    // Beyond what is shown, accounts with fewer tweets than the last one's score cannot come.
    func leastCount(_ people: [Person]) -> Int? {
      guard people.count >= limit, let last = people.last else { return 0 }
      return last.match == match ? Int(last.score.rounded(.up)) : nil
    }
    guard let start = leastCount(people) else { return }
    let terms = FrequentTerms(
      segments, starts.map { [TermField.author.rawValue] + $0 }, size: FrequentTerms.pool(limit)
    ) { _, term in !known(term) }
    try terms.each(least: start) { _, visit in
      let least = people.count >= limit ? people.last?.score ?? 0 : 0
      let bound = least > 0 ? try searcher.newestBound(visit.lists, .author) : .max
      if Suggestion.mayReach(least, visit.documents, newest: bound, now: now),
        let newest = try searcher.newestLive(visit.lists, .author)
      {
        let found = person(match, newest.hit, newest.time, visit.documents)
        let place = people.firstIndex { Person.precedes(found, $0) } ?? people.count
        people.insert(found, at: place)
        if people.count > limit { people.removeLast() }
      }
      return leastCount(people)
    }
  }

  private func person(_ match: Person.Match, _ hit: Hit, _ time: Int64, _ count: Int) -> Person {
    let score = Suggestion.score(count, newest: time, now: now)
    return Person(match: match, newest: hit, time: time, count: count, score: score)
  }

  // Accounts whose handle and name hold every word asked for.
  mutating func byName(_ text: String) throws -> [Person] {
    let words = text.split { $0.isWhitespace || $0 == "@" }.map { fold($0).span.text }
    if words.isEmpty { return [] }
    var found: [[UInt8]: (hit: Hit, time: Int64, count: Int, fits: Bool)] = [:]
    var tweet = Tweet()
    for place in searcher.segments {
      for document in 0..<place.reader.segment.documentCount where place.reader.isLive(document) {
        let hit = try searcher.hit(document, place, key: 0, score: 0)
        guard let account = try searcher.account(of: hit) else { continue }
        // Documents come newest first: the first of an account decides, unless another segment has a newer one.
        if let known = found[account], known.hit.id > hit.id {
          found[account]?.count += 1
          continue
        }
        try searcher.read(hit, into: &tweet)
        let user = tweet.user ?? User()
        let shown = fold(tweet.bytes(user.username).text + " " + tweet.bytes(user.name).text).span.text
        found[account] = (
          hit, tweet.createdAt, (found[account]?.count ?? 0) + 1, words.allSatisfy { shown.holds($0) }
        )
      }
    }
    return found.values.filter(\.fits).map { person(.name, $0.hit, $0.time, $0.count) }
  }
}
