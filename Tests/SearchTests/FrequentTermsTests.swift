import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct FrequentTermsTests {
  @Test(
    "terms come once each, all that are frequent enough, whatever the size of the pool",
    arguments: [nil, 60] as [Int?])
  func naive(every: Int?) throws {
    var random = SeededGenerator(seed: 9)
    // Words that few texts hold, and words that many do.
    let texts = (0..<240).map { _ in
      Set(
        (0..<8).map { _ in
          "w\(Int.random(in: 0..<Int.random(in: 1..<300, using: &random), using: &random))"
        })
    }
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"),
      texts.enumerated().map { IndexLab.tweet(UInt64(100 + $0), $1.sorted().joined(separator: " ")) },
      every: every)
    let segments = try Searcher([try IndexReader(folder.file("i"))]).segments.map(\.reader.segment)
    var counts: [String: Int] = [:]
    for text in texts { for word in text { counts[word, default: 0] += 1 } }
    let field = TermField.text.rawValue
    for starts in [["w"], ["w1"], ["w2", "w7"], ["x"]] {
      for size in [1, 4, 500] {
        for least in [0, 3, 20] {
          var found: [String: Int] = [:]
          let terms = FrequentTerms(segments, starts.map { [field] + Array($0.utf8) }, size: size) {
            _, term in
            term.last != UInt8(ascii: "5")
          }
          try terms.each(least: least) { number, visit in
            let term = String(decoding: visit.term, as: UTF8.self)
            #expect(found[term] == nil && term.hasPrefix(starts[number]))
            found[term] = visit.documents
            return least
          }
          let expected = counts.filter { word, count in
            count >= max(least, 1) && word.last != "5" && starts.contains { word.hasPrefix($0) }
          }
          #expect(found == expected, "\(starts), \(size), \(least)")
        }
      }
    }
  }
}
