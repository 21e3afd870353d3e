import IndexTestSupport
import QueryGrammar
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

/// Counts that rose beside segments, against a dictionary, and against an index that had them from the start.
@Suite struct RaisedWorldTests {
  static func check(_ path: String, _ world: RaisedWorld, _ step: String) throws {
    #expect(try IndexLab.dump(path).filter { $0.hasPrefix("{\"type\":\"tweet\"") } == world.lines, "\(step)")
    #expect(try IndexLab.problems(path) == [], "\(step)")
    let searcher = try Searcher([try IndexReader(path)])
    let all = world.live.values.sorted { $0.id > $1.id }
    for (sort, field) in [(SortOrder.likes, 0), (.retweets, 1)] {
      let expected = all.sorted { ($0.count(field), $0.id) > ($1.count(field), $1.id) }
      #expect(
        try searcher.search(.all, sort: sort, limit: 9).map(\.id) == expected.prefix(9).map(\.id), "\(step)")
    }
    for (query, holds) in [
      ("min_likes:9", { $0.count(0) >= 9 }), ("-likes:3..12", { !(3...12 ~= $0.count(0)) }),
      ("min_retweets:20 crane", { $0.count(1) >= 20 && $0.text.hasPrefix("crane") }),
      ("min_replies:5 OR heron", { $0.count(2) >= 5 || $0.text.contains("heron") }),
      ("filter:has_engagement", { $0.count(0) + $0.count(1) + $0.count(2) > 0 }),
    ] as [(String, (RaisedWorld.Tweet) -> Bool)] {
      #expect(
        try searcher.search(QueryParser.parse(query), sort: .latest, limit: .max).map(\.id)
          == all.filter(holds).map(\.id), "\(step): \(query)")
    }
  }

  @Test(
    "records, counters, deletes, merges and purges in any order answer as a dictionary, and end in the bytes of one build",
    arguments: 0..<10)
  func dictionary(seed: UInt64) throws {
    var world = RaisedWorld(seed: seed)
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, world.records())
    for number in 0..<14 {
      let step: String
      switch Int.random(in: 0..<10, using: &world.random) {
      case 0...2:
        step = "records"
        try IndexLab.build(path, world.records(), threads: number % 2 + 1)
      case 3...6:
        step = "counters"
        let (lines, rising) = world.counters()
        #expect(try IndexLab.raise(path, lines) == rising)
        #expect(try IndexLab.raise(path, lines) == 0)
      case 7:
        step = "delete"
        try IndexLab.build(path, [world.delete()])
      case 8:
        step = "merge"
        try IndexLab.build(path, [], threads: number % 2 + 1, merge: true)
      default:
        step = "purge"
        try IndexLab.purge(path)
      }
      try Self.check(path, world, "step \(number), \(step)")
    }
    try IndexLab.build(path, [], merge: true)
    try Self.check(path, world, "the last merge")
    try IndexLab.build(folder.file("one"), world.lines + world.deletes)
    let (merged, built) = (try IndexLab.segmentFiles(path), try IndexLab.segmentFiles(folder.file("one")))
    #expect(merged.count == 1 && built.count == 1)
    #expect(try IndexLab.bytes(merged[0]) == IndexLab.bytes(built[0]))
  }

  /// Two indexes of equal segments: one whose counts rose beside them, one that was built with the higher ones. Many rise
  /// among counts like theirs, or few from next to nothing far above the rest.
  static func twins(_ folder: TemporaryDirectory, _ random: inout SeededGenerator, isRare: Bool) throws
    -> [Searcher]
  {
    let count = 900
    var low: [String] = []
    var high: [String] = []
    var sums: [String] = []
    for number in 0..<count {
      let id = 1_034_898_743_869_534_208 + UInt64(number) * 1_000_003
      let words = (0..<Int.random(in: 1..<9, using: &random)).map { _ in
        ["crane", "stork", "heron", "ibis"][Int.random(in: 0..<4, using: &random)]
      }
      let rises = Int.random(in: 0..<(isRare ? 60 : number < 400 ? 40 : 2), using: &random) == 0
      let counts = (0..<4).map { _ in
        Int64(1) << Int64.random(in: isRare ? rises ? 40..<58 : 0..<3 : 0..<18, using: &random)
          + Int64.random(in: 0..<5, using: &random)
      }
      var before = counts
      if rises {
        for field in 0..<4 where Bool.random(using: &random) {
          before[field] = Bool.random(using: &random) ? -1 : min(counts[field] / 9, isRare ? 4 : .max)
          sums.append(IndexLab.counters(id, "\"\(RaisedWorld.fields[field])\":\(counts[field])"))
        }
      }
      let text = words.joined(separator: " ")
      low.append(RaisedWorld.line(id, text, before))
      high.append(RaisedWorld.line(id, text, counts))
    }
    for (name, lines) in [("low", low), ("high", high)] {
      try IndexLab.build(folder.file(name), lines, every: count / 3)
    }
    #expect(try IndexLab.raise(folder.file("low"), sums) > (isRare ? 4 : 100))
    return try ["low", "high"].map { try Searcher([try IndexReader(folder.file($0))]) }
  }

  @Test(
    "every order, weight, range, record and explanation is that of an index built with the higher counts",
    arguments: 0..<4)
  func twins(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = TemporaryDirectory()
    let searchers = try Self.twins(folder, &random, isRare: seed % 2 == 1)
    #expect(searchers[0].segments.allSatisfy { $0.reader.segment.raised != nil })
    let rankings =
      SortOrder.allCases.map { Ranking($0) } + [
        Ranking(weights: Weights(engagement: 0.3)), Ranking(weights: Weights(engagement: 40)),
        Ranking(weights: Weights(halfLife: 100_000_000, engagement: 1)),
      ]
    for query in [
      "*", "crane", "crane stork", "ibis OR heron", "likes:100..5000",
      "crane min_likes:2000 -min_replies:900",
      "(min_retweets:70000 OR ibis) -crane",
    ] {
      let tree = try QueryParser.parse(query)
      #expect(try searchers[0].count(tree) == searchers[1].count(tree))
      for ranking in rankings {
        for limit in [1, 10, .max] {
          let hits = try searchers.map { try $0.search(tree, ranking, limit: limit) }
          #expect(hits[0] == hits[1], "\(query), \(ranking), \(limit)")
        }
        let hits = try searchers[0].search(tree, ranking, limit: 3)
        if ranking.sort != .relevance { continue }
        #expect(
          try searchers[0].explain(hits, tree, ranking) == searchers[1].explain(hits, tree, ranking))
      }
    }
    var risen = Tweet()
    var built = Tweet()
    for hit in try searchers[0].search(.all, sort: .likes, limit: .max) {
      try searchers[0].read(hit, into: &risen)
      try searchers[1].read(hit, into: &built)
      #expect(risen.counts == built.counts)
    }
    #expect(try IndexLab.dump(folder.file("low")) == IndexLab.dump(folder.file("high")))
  }
}
