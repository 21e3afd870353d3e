import QueryGrammar
import TestSupport
import Testing

@testable import Search

@Suite struct SearchPageTests {
  static func pages(
    _ searcher: Searcher, _ tree: QueryNode, _ ranking: Ranking, _ limit: Int, _ collapse: Collapse?
  )
    throws -> [Hit]
  {
    var hits: [Hit] = []
    var cursor: SearchCursor?
    // No world has more tweets than this: pages that lead nowhere end too.
    for _ in 0..<1000 {
      let page = try searcher.page(tree, ranking, limit: limit, cursor: cursor, collapse: collapse)
      #expect(page.firstRank == hits.count + 1 && page.hits.count <= limit)
      hits += page.hits
      guard page.hasMore, let last = page.hits.last else { return hits }
      let next = SearchCursor(searcher, question: 1, behind: last, shown: hits.count)
      cursor = SearchCursor(next.text)
      #expect(cursor == next)
    }
    Issue.record("pages without end")
    return hits
  }

  static func key(_ tweet: AnswerWorld.Tweet, _ collapse: Collapse) -> String {
    collapse == .user ? tweet.handle : tweet.cluster ?? "alone \(tweet.id)"
  }

  @Test("pages one behind the other are the whole list, in every order, collapsed or not", arguments: 0..<3)
  func whole(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld([30, 80, 150][Int(seed)], &random)
    let tweets = Dictionary(uniqueKeysWithValues: world.tweets.map { ($0.id, $0) })
    let folder = TemporaryDirectory()
    let rankings =
      Search.SortOrder.allCases.map { Ranking($0) } + [Ranking(weights: Weights(halfLife: 86_400_000))]
    for searcher in try world.searchers(folder) {
      for query in ["crane OR stork", "lang:en", "*"] {
        let tree = try QueryParser.parse(query)
        for ranking in rankings {
          let whole = try searcher.page(tree, ranking, limit: .max).hits
          #expect(whole.map(\.id) == (try searcher.search(tree, ranking, limit: .max)).map(\.id))
          for limit in [1, 7, 64] where limit > 1 || whole.count < 60 {
            #expect(
              try Self.pages(searcher, tree, ranking, limit, nil) == whole,
              "\(query), \(ranking.sort), \(limit)")
          }
          for collapse in Collapse.allCases {
            var seen: Set<String> = []
            let naive = whole.filter { hit in
              tweets[hit.id].map { seen.insert(Self.key($0, collapse)).inserted } ?? false
            }
            for limit in [2, 50, .max] {
              let paged = try Self.pages(searcher, tree, ranking, limit, collapse)
              #expect(paged == naive, "\(query), \(ranking.sort), \(collapse), \(limit)")
            }
          }
        }
      }
    }
  }

  @Test("a page of nothing has no next one") func empty() throws {
    var random = SeededGenerator(seed: 1)
    let folder = TemporaryDirectory()
    let searcher = try AnswerWorld(20, &random).searchers(folder)[0]
    let page = try searcher.page(.all, Ranking(.latest), limit: 0)
    #expect(page.hits.isEmpty && !page.hasMore)
  }
}
