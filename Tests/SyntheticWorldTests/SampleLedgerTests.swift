import Foundation
import TestSupport
import Testing

/// `ingest` finds in samples/ what the truth says is there.
@Suite struct SampleLedgerTests {
  /// Without `--dedupe` the tool is not whole yet.
  static let isThere = ToolRunner.understands("ingest", option: "dedupe")

  @Test(
    "the ledger of each file is the truth's", .enabled(if: isThere, "ingest has no --dedupe yet"),
    arguments: ["tweets.ndjson.zst", "dump.tar", "page-v2.json", "account.zip", "tweets.csv"])
  func ledger(file: String) throws {
    let folder = TemporaryDirectory()
    let map =
      "id=tweet_id,text=content,created_at=created_at,username=username,lang=language,likes=likes,retweets=retweets"
    let options = file == "tweets.csv" ? ["--csv-map", map] : []
    _ = try ToolRunner.run(
      "ingest",
      [WorldTests.samples + "/" + file, "-o", folder.file("out"), "--stats", folder.file("s")] + options)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("s")))
    let found = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let truth = try String(contentsOfFile: WorldTests.samples + "/truth.ndjson", encoding: .utf8)
    let line = try #require(truth.split(separator: "\n").first { $0.contains("\"file\":\"\(file)\"") })
    let wanted = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    for key in ["read", "written", "duplicate", "rejected", "filtered"] {
      #expect(found[key] as? Int ?? 0 == wanted[key] as? Int ?? 0, "\(file): \(key)")
    }
  }
}
