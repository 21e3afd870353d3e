import Foundation
import TestSupport
import Testing

/// Real dumps beside the repository, counted a second time by `Tests/Oracles/ingest_ledger.py`.
@Suite struct SharedDataTests {
  static let files = [
    "raw-v1.ndjson.zst", "stream-dump.tar", "v2/DocNow+twarc-csv.ndjson.zst",
    "v2/DocNow+twarc-hashtags.ndjson.zst",
    "v2/DocNow+twarc-network.ndjson.zst", "v2/colbyeagan+twitterScrape.ndjson.zst",
    "account-congressedits.zip",
    "account-lildude.zip",
  ]

  @Test("the worked examples come out byte for byte")
  func examples() throws {
    guard let program = IngestRun.program, let source = SharedFiles.path("examples/source.ndjson"),
      let canonical = SharedFiles.path("examples/canonical.ndjson")
    else { return }
    let run = try IngestRun(Data(), ["--dedupe", "off", source], program: program)
    let expected = try String(contentsOfFile: canonical, encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(run.output == expected)
  }

  @Test("the ledger says what an independent count says", arguments: files)
  func ledger(name: String) throws {
    guard let program = IngestRun.program, let path = SharedFiles.path("data/" + name) else { return }
    let oracle = ToolRunner.root + "/Tests/Oracles/ingest_ledger.py"
    guard let text = try CutFileTests.pipe(["python3", oracle, path], Data()), !text.isEmpty,
      let expected = try JSONSerialization.jsonObject(with: text) as? [String: Int]
    else { return }
    let run = try IngestRun(Data(), [path], program: program)
    let tweets = expected["tweets", default: 0]
    let distinct = expected["distinct", default: 0]
    #expect(run.count("read") == expected["read"])
    #expect(run.count("filtered") == expected["filtered"])
    #expect(run.count("rejected") == expected["refused"])
    #expect(run.count("duplicate") == tweets - distinct)
    #expect(run.count("written") == distinct + expected["events", default: 0])
    #expect(run.output.count == run.count("written"))
  }

  @Test("the bytes are the same at any number of threads")
  func threads() throws {
    guard let program = IngestRun.program, let path = SharedFiles.path("data/stream-dump.tar") else { return }
    let one = try IngestRun(Data(), ["--threads", "1", path], program: program)
    let four = try IngestRun(Data(), ["--threads", "4", path], program: program)
    #expect(one.output == four.output)
    #expect(one.reasons == four.reasons)
  }
}
