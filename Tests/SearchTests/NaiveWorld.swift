import Foundation
import IndexTestSupport
import Search
import SearchIndex
import TestSupport

/// A small random world, and queries evaluated on it by looking at every tweet.
struct NaiveWorld {
  struct Tweet {
    var id: UInt64
    var words: [String]
    var user: Int
    var tag: Int
    var likes: Int
    var isReply: Bool

    var line: String {
      var more = "\"user\":{\"id\":\"\(user)\",\"username\":\"User\(user)\"},\"hashtags\":[\"Tag\(tag)\"]"
      if isReply { more += ",\"reply_to\":{\"tweet\":\"77\"}" }
      if likes > 0 { more += ",\"counts\":{\"likes\":\(likes)}" }
      return IndexLab.tweet(id, words.joined(separator: " "), more)
    }
  }

  let tweets: [Tweet]
  static let base: UInt64 = 1_034_898_743_869_534_208
  static let vocabulary = (0..<9).map { "word\($0)" }

  init(_ count: Int, _ random: inout SeededGenerator) {
    tweets = (0..<count).map { index in
      // Rare and common words; texts of one to eighteen words, so that lengths and frequencies differ.
      let words = (0..<Int.random(in: 1..<18, using: &random)).map { _ in
        Self.vocabulary[Int(pow(Double.random(in: 0..<1, using: &random), 2) * 9)]
      }
      return Tweet(
        id: Self.base + UInt64(index) * 1_000_003, words: words, user: Int.random(in: 1..<8, using: &random),
        tag: Int.random(in: 0..<5, using: &random), likes: Int.random(in: 0..<12, using: &random),
        isReply: Bool.random(using: &random))
    }
  }

  /// A clause: its text, whom it matches, what it scores.
  struct Clause {
    var text: String
    var matches: (Tweet) -> Bool
    var score: (Tweet) -> Double = { _ in 0 }
  }

  private func bm25(_ weight: Double, _ frequency: Int, _ tweet: Tweet) -> Double {
    let mean = Double(tweets.reduce(0) { $0 + $1.words.count }) / Double(tweets.count)
    let tf = Double(frequency)
    return weight * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * Double(tweet.words.count) / mean))
  }

  private func idf(_ word: String) -> Double {
    let df = tweets.filter { $0.words.contains(word) }.count
    return log(1 + (Double(tweets.count - df) + 0.5) / (Double(df) + 0.5))
  }

  static func occurrences(_ phrase: [String], in words: [String]) -> Int {
    guard words.count >= phrase.count else { return 0 }
    return (0...words.count - phrase.count).filter { Array(words[$0..<$0 + phrase.count]) == phrase }.count
  }

  func clause(_ depth: Int, _ random: inout SeededGenerator) -> Clause {
    func word() -> String { Self.vocabulary.randomElement(using: &random) ?? "" }
    switch Int.random(in: 0..<(depth > 0 ? 15 : 9), using: &random) {
    case 0, 1, 2:
      let word = word()
      let weight = idf(word)
      return Clause(
        text: word, matches: { $0.words.contains(word) },
        score: { tweet in
          let count = tweet.words.filter { $0 == word }.count
          return count == 0 ? 0 : bm25(weight, count, tweet)
        })
    case 3:
      let phrase = (0..<Int.random(in: 2..<4, using: &random)).map { _ in word() }
      let weight = phrase.reduce(0) { $0 + idf($1) }
      return Clause(
        text: "\"\(phrase.joined(separator: " "))\"", matches: { Self.occurrences(phrase, in: $0.words) > 0 },
        score: { tweet in
          let count = Self.occurrences(phrase, in: tweet.words)
          return count == 0 ? 0 : bm25(weight, count, tweet)
        })
    case 4:
      let user = Int.random(in: 1..<9, using: &random)
      return Clause(text: "from:user\(user)", matches: { $0.user == user })
    case 5:
      let tag = Int.random(in: 0..<6, using: &random)
      return Clause(text: "#TAG\(tag)", matches: { $0.tag == tag })
    case 6:
      let likes = Int.random(in: 0..<13, using: &random)
      return Clause(text: "min_likes:\(likes)", matches: { $0.likes >= likes })
    case 7: return Clause(text: "is:reply", matches: { $0.isReply })
    case 8:
      let id = tweets.randomElement(using: &random)?.id ?? 1
      return Clause(text: "max_id:\(id)", matches: { $0.id <= id })
    case 9, 10:
      let inner = clause(depth - 1, &random)
      return Clause(text: "-(\(inner.text))", matches: { !inner.matches($0) })
    default:
      let parts = (0..<Int.random(in: 2..<4, using: &random)).map { _ in clause(depth - 1, &random) }
      let isOr = Bool.random(using: &random)
      return Clause(
        text: "(" + parts.map(\.text).joined(separator: isOr ? " OR " : " ") + ")",
        matches: { tweet in
          isOr ? parts.contains { $0.matches(tweet) } : parts.allSatisfy { $0.matches(tweet) }
        },
        // A negated part scores nothing; of an OR all parts that match score.
        score: { tweet in parts.reduce(0) { $0 + ($1.matches(tweet) ? $1.score(tweet) : 0) } })
    }
  }

  /// The ids that a clause gives, in an order.
  func expected(_ clause: Clause, _ sort: Search.SortOrder) -> [(id: UInt64, score: Double)] {
    let hits = tweets.filter(clause.matches).map { (id: $0.id, score: clause.score($0), likes: $0.likes) }
    let sorted = hits.sorted { a, b in
      switch sort {
      case .relevance: return a.score != b.score ? a.score > b.score : a.id > b.id
      case .oldest: return a.id < b.id
      case .likes: return a.likes != b.likes ? a.likes > b.likes : a.id > b.id
      default: return a.id > b.id
      }
    }
    return sorted.map { ($0.id, $0.score) }
  }
}
