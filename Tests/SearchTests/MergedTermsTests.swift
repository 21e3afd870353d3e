import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct MergedTermsTests {
  @Test(
    "each term comes once, in byte order, with all its documents, above the least wanted",
    arguments: [nil, 1, 2, 3])
  func merged(every: Int?) throws {
    let folder = TemporaryDirectory()
    let texts = ["ab ac b", "ab ad", "ab b z", "ac ab", "zz"]
    try IndexLab.build(
      folder.file("i"), texts.enumerated().map { IndexLab.tweet(UInt64(100 + $0), $1) }, every: every)
    let segments = try Searcher([try IndexReader(folder.file("i"))]).segments.map(\.reader.segment)
    func terms(_ prefix: String, least: Int) throws -> [String] {
      var found: [String] = []
      try MergedTerms.each(segments, prefix: [TermField.text.rawValue] + Array(prefix.utf8), least: least) {
        visit in
        found.append("\(String(decoding: visit.term, as: UTF8.self)) \(visit.documents)")
        return least
      }
      return found
    }
    #expect(try terms("", least: 0) == ["ab 4", "ac 2", "ad 1", "b 2", "z 1", "zz 1"])
    #expect(try terms("a", least: 2) == ["ab 4", "ac 2"])
    #expect(try terms("zz", least: 0) == ["zz 1"] && terms("c", least: 0).isEmpty)
  }
}
