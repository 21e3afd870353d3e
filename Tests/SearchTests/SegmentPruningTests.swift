import IndexTestSupport
import QueryGrammar
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct SegmentPruningTests {
  /// Five segments of forty tweets, an hour from one to the next; each segment has accounts and a language of its own.
  static func world(_ random: inout SeededGenerator) -> [AnswerWorld.Tweet] {
    AnswerWorld(200, &random).tweets.enumerated().map { index, tweet in
      var tweet = tweet
      tweet.time = AnswerWorld.start + Int64(index) * 3_600_000
      tweet.user = index / 40 * 2 + Int.random(in: 1..<4, using: &random)
      tweet.lang = Bool.random(using: &random) ? "en" : ["de", "ja", "fr", "pt", "es"][index / 40]
      return tweet
    }
  }

  static func clause(_ depth: Int, _ tweets: [AnswerWorld.Tweet], _ random: inout SeededGenerator) -> String {
    let tweet = tweets[Int.random(in: 0..<tweets.count, using: &random)]
    let day = Timestamp.text(tweet.time).prefix(10)
    switch Int.random(in: 0..<(depth > 0 ? 15 : 11), using: &random) {
    case 0: return "since:\(day)"
    case 1: return "until:\(day)"
    case 2: return "since_id:\(tweet.id)"
    case 3: return "max_id:\(tweet.id)"
    case 4: return "since_time:\(tweet.time / 1000)"
    case 5: return "until_time:\(tweet.time / 1000)"
    case 6: return "within_time:\(Int.random(in: 1..<9, using: &random))d"
    case 7: return "from:\(Bool.random(using: &random) ? tweet.handle.uppercased() : "\(tweet.user)")"
    case 8: return "lang:\(tweet.lang ?? "xx")"
    case 9, 10: return tweet.words[0]
    case 11: return "-(\(clause(depth - 1, tweets, &random)))"
    case 12:
      return "(\(clause(depth - 1, tweets, &random)) OR \(clause(depth - 1, tweets, &random)))"
    default: return "\(clause(depth - 1, tweets, &random)) \(clause(depth - 1, tweets, &random))"
    }
  }

  @Test("random queries are answered alike with segments passed over and without", arguments: 0..<2)
  func naive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tweets = Self.world(&random)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), tweets.map(\.line), every: 40)
    let reader = try IndexReader(folder.file("i"))
    let pruning = try Searcher([reader])
    let plain = try Searcher([reader])
    plain.prunesSegments = false
    #expect(pruning.segments.count == 5)
    var skipped = 0
    for _ in 0..<60 {
      let text = Self.clause(2, tweets, &random)
      let query = try QueryParser.parse(text)
      skipped += try pruning.skippedSegments(query).count
      #expect(try pruning.count(query) == plain.count(query), "\(text)")
      for sort in Search.SortOrder.allCases {
        let (a, b) = (
          try pruning.search(query, sort: sort, limit: 6), try plain.search(query, sort: sort, limit: 6)
        )
        #expect(a.map(\.id) == b.map(\.id) && a.map(\.score) == b.map(\.score), "\(text), \(sort)")
      }
      let (a, b) = (try Matches(query, in: pruning), try Matches(query, in: plain))
      #expect(try a.facet(.user, limit: 9) == b.facet(.user, limit: 9), "\(text)")
      #expect(try pruning.hits(query, since: []).map(\.id) == plain.hits(query, since: []).map(\.id))
    }
    #expect(skipped > 40)
  }

  @Test(
    "what is passed over is told with its reason",
    arguments: [
      ("crane", "0 of 5 segments skipped"), ("from:user1", "4 of 5 segments skipped: 4 by user"),
      ("since:2018-09-06", "4 of 5 segments skipped: 4 by time"),
      ("lang:ja OR lang:de", "3 of 5 segments skipped: 3 by lang"),
      ("max_id:7", "5 of 5 segments skipped: 5 by id"), ("-from:user1", "0 of 5 segments skipped"),
      ("until:2018-09-03 from:user9", "5 of 5 segments skipped: 2 by time, 3 by user"),
    ])
  func told(text: String, expected: String) throws {
    var random = SeededGenerator(seed: 1)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), Self.world(&random).map(\.line), every: 40)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    #expect(try searcher.skippedSegments(try QueryParser.parse(text)).text == expected)
  }
}
