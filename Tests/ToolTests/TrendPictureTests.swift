import Foundation
import TestSupport
import Testing

@Suite struct TrendPictureTests {
  @Test("the picture in README is that of the command beside it") func picture() throws {
    guard try OracleTests.bash("command -v python3").status == 0 else {
      return OracleTests.skipped("no python3")
    }
    let folder = TemporaryDirectory()
    let made = try OracleTests.bash(
      """
      set -o pipefail; PATH='\(OracleTests.bin)':$PATH; cd '\(ToolRunner.root)'
      ingest -q samples/tweets.ndjson.zst | tokenize -q \
      | trend-compute -q --kind hashtag --by world --step 15m --html '\(folder.file("page.html"))' -o '\(folder.file("rows"))' \
      && python3 Tests/Scripts/trend_picture.py '\(folder.file("page.html"))' > '\(folder.file("svg"))'
      """)
    try #require(made.status == 0, "\(made.text)")
    let kept = ToolRunner.root + "/Sources/Trends/Trends.docc/Resources/trends.svg"
    let now = try String(contentsOfFile: folder.file("svg"), encoding: .utf8)
    #expect(
      now == (try String(contentsOfFile: kept, encoding: .utf8)),
      "README says how to draw it again: trend_picture.py page.html > Sources/Trends/Trends.docc/Resources/trends.svg"
    )
    #expect(now.utf8.count < 60_000)
  }
}
