import IndexTestSupport
import QueryGrammar
import QueryMatching
import Records
import TestSupport
import Testing

@Suite struct QueryMatcherTests {
  @Test("a matcher is used for one tweet after another, and remembers none") func again() throws {
    var matcher = QueryMatcher(try QueryParser.parse("crane -stork"))
    var tweet = Tweet()
    for (text, expected) in [("crane", true), ("crane stork", false), ("x", false), ("a crane", true)] {
      _ = try RandomTweet.read(IndexLab.tweet(5, text), into: &tweet)
      #expect(matcher.matches(tweet) == expected, "\(text)")
    }
  }

  @Test("without a now nothing is in the last days, with one what is later is not either") func now() throws {
    var tweet = Tweet()
    _ = try RandomTweet.read(IndexLab.tweet(5, "x"), into: &tweet)
    let query = try QueryParser.parse("within_time:1d")
    for (now, expected) in [
      (nil, false), (tweet.createdAt, true), (tweet.createdAt + 86_400_000, true),
      (tweet.createdAt + 86_400_001, false),
      (tweet.createdAt - 1, false),
    ] as [(Int64?, Bool)] {
      var matcher = QueryMatcher(query, now: now)
      #expect(matcher.matches(tweet) == expected)
    }
  }

  @Test("tweets with hostile strings, everywhere or nowhere, trap no clause", arguments: 0..<4) func hostile(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed &* 1_000_003)
    var tweet = Tweet()
    let queries = [
      "a \"b c\"~3", "pre*", "#a", "from:a", "url:a", "contains:a", "bio:a", "place:a", "near:1,2",
      "likes:1..", ":) ? :(", "is:self_threads",
      "filter:spaces filter:vine", "source:a_b", "sample:50", "\"* 東 a*\"",
    ]
    for query in queries {
      let tree = try QueryParser.parse(query)
      var matcher = QueryMatcher(tree)
      var opposite = QueryMatcher(.not(tree))
      for _ in 0..<200 {
        RandomTweet.fill(&tweet, &random)
        #expect(matcher.matches(tweet) != opposite.matches(tweet))
      }
    }
  }

  @Test("the same ids are in a sample of ten percent as ingest takes") func sample() throws {
    var matcher = QueryMatcher(try QueryParser.parse("sample:10"))
    var tweet = Tweet()
    let taken = (1...3000).filter { number in
      tweet.id = UInt64(number)
      return matcher.matches(tweet)
    }
    #expect(taken.count > 250 && taken.count < 350)
    let folder = TemporaryDirectory()
    let lines = (1...3000).map { IndexLab.tweet(UInt64($0), "x") }.joined(separator: "\n") + "\n"
    try IndexLab.write(Array(lines.utf8), to: folder.file("lines"))
    let run = try ToolRunner.run("ingest", ["--quiet", "--sample", "10%", folder.file("lines")])
    #expect(run.output.split(separator: "\n").count == taken.count)
  }
}
