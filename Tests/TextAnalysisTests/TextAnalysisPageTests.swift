import Foundation
import Testing

@testable import TextAnalysis

/// The rules' page is run: every row of its tables is a test.
@Suite struct TextAnalysisPageTests {
  private static let path: String = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/TextAnalysis/TextAnalysis.docc/TextAnalysis.md").path

  @Test("every row of the page's tables is what the analyzer does") func rows() throws {
    let page = try String(contentsOfFile: Self.path, encoding: .utf8)
    var count = 0
    for line in page.split(separator: "\n") where line.hasPrefix("| `") && line.hasSuffix("]` |") {
      let cells = line.dropFirst(2).dropLast(2).components(separatedBy: " | ").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "` "))
      }
      let parsed = try JSONSerialization.jsonObject(with: Data((cells.last ?? "").utf8)) as? [Any] ?? []
      let expected = parsed.map { $0 as? [String] ?? [$0 as? String ?? ""] }
      let lang = cells.count == 3 ? cells[0] : ""
      #expect(terms(cells[cells.count - 2], lang: lang, stem: .auto) == expected, "\(line)")
      count += 1
    }
    #expect(count == 29)
  }
}
