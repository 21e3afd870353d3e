import Foundation
import Records
import TestSupport
import Testing

@testable import ToolSupport

@Suite struct RunReportTests {
  static var ledger: Ledger {
    var ledger = Ledger()
    (ledger.read, ledger.applied, ledger.rejected, ledger.emitted) = (10, 9, 1, 3)
    ledger.add("commit", 4)
    return ledger
  }

  @Test("the ledger as JSON has the contract's terms in the contract's order") func json() {
    #expect(
      RunReport.json(Self.ledger, program: "query", seconds: 1.23456)
        == #"{"program":"query","read":10,"expanded":0,"written":0,"duplicate":0,"rejected":1,"filtered":0,"quarantined":0,"applied":9,"emitted":3,"balanced":true,"seconds":1.235,"commit":4}"#
        + "\n")
  }

  @Test("the ledger as OpenMetrics ends with EOF, and every sample has its family's type before it")
  func metrics() {
    let text = RunReport.openMetrics(Self.ledger, program: "query", seconds: 1)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.last == "# EOF" && text.hasSuffix("\n"))
    var family = ""
    for line in lines.dropLast() {
      if line.hasPrefix("# TYPE ") {
        family = String(line.split(separator: " ")[2])
      } else if !line.hasPrefix("#") {
        #expect(line.hasPrefix(family) && line.contains("{program=\"query\""))
        #expect(Double(line.split(separator: " ").last ?? "") != nil)
      }
    }
    #expect(text.contains("tweetmill_records_total{program=\"query\",outcome=\"applied\"} 9\n"))
    #expect(text.contains("# UNIT tweetmill_run_seconds seconds\n"))
  }

  @Test("both files are written by a run, and only by one that ends well") func files() throws {
    let folder = TemporaryDirectory()
    let (stats, metrics) = (folder.file("stats"), folder.file("metrics"))
    let record = "{\"type\":\"tweet\",\"id\":\"7\",\"created_at\":\"2018-01-01\",\"text\":\"x\"}\n"
    try record.write(toFile: folder.file("in"), atomically: true, encoding: .utf8)
    let run = try ToolRunner.run("tokenize", ["--stats", stats, "--metrics", metrics, folder.file("in")])
    #expect(run.status == 0)
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: stats))) as? [String: Any])
    #expect(
      read["program"] as? String == "tokenize" && read["written"] as? Int == 1
        && read["balanced"] as? Bool == true)
    #expect(try String(contentsOfFile: metrics, encoding: .utf8).hasSuffix("# EOF\n"))
    try FileManager.default.removeItem(atPath: stats)
    #expect(try ToolRunner.run("tokenize", ["--stats", stats, folder.file("none")]).status == 66)
    #expect(!FileManager.default.fileExists(atPath: stats))
  }
}
