import Foundation
import TestSupport
import Testing

@Suite struct ReadmeTests {
  static let text = try? String(contentsOfFile: ToolRunner.root + "/README.md", encoding: .utf8)

  @Test(
    "every tool stands in the README's table",
    arguments: ["ingest", "tokenize", "index-build", "query", "pipeline", "trend-compute", "fanout"])
  func tools(
    tool: String
  ) throws {
    #expect(try #require(Self.text).contains("| `\(tool)` |"))
  }

  @Test("every option that the README shows is one that a tool has") func options() throws {
    let text = try #require(Self.text)
    var known: Set<String> = []
    for tool in ["ingest", "tokenize", "index-build", "query", "pipeline", "trend-compute", "fanout"] {
      for line in try ToolRunner.run(tool, ["--describe"]).output.split(separator: "\n")
      where line.hasPrefix("option\t") {
        known.insert(String(line.split(separator: "\t", omittingEmptySubsequences: false)[1]))
      }
    }
    #expect(known.count > 30)
    // Options of other programs, and of `bench`, that the README tells to run.
    let others: Set<String> = ["filter", "out", "pipe", "static-swift-stdlib", "strip-components", "tweets"]
    for match in text.matches(of: /(?:^|[\s`(])--([a-z][a-z-]*)/.anchorsMatchLineEndings()) {
      let name = String(match.1)
      #expect(known.contains(name) || others.contains(name), "--\(name)")
    }
  }

  @Test("every path of the repository that the README names exists") func paths() throws {
    // `x` and `X…` stand for a name to be chosen.
    for match in try #require(Self.text).matches(
      of: /`((?:Sources|Tests|pipelines|samples)\/[A-Za-z0-9.\/_-]*)`/)
    {
      if match.1.split(separator: "/").contains(where: { $0 == "x" || $0.hasPrefix("X") }) { continue }
      #expect(FileManager.default.fileExists(atPath: ToolRunner.root + "/" + match.1), "\(match.1)")
    }
  }
}
