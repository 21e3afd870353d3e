import TestSupport
import Testing

@testable import ToolSupport

@Suite struct HelpTests {
  @Test(
    "help is at most 80 columns wide, and tells of every option, example and exit status",
    arguments: ["ingest", "tokenize", "index-build", "query", "pipeline"])
  func complete(tool: String) throws {
    let help = try ToolRunner.run(tool, ["--help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    for line in help.output.split(separator: "\n") where !line.hasPrefix("  \(tool) ") && !line.contains("|")
    {
      #expect(line.count <= 100, "\(line)")
    }
    for heading in [
      "usage: \(tool) ", "examples:\n", "options:\n", "options of every tool:\n", "memory:\n", "exit status:",
    ] {
      #expect(help.output.contains(heading), "\(heading)")
    }
    let described = try ToolRunner.run(tool, ["--describe"])
    var options = 0
    for line in described.output.split(separator: "\n") where line.hasPrefix("option\t") {
      let name = line.split(separator: "\t", omittingEmptySubsequences: false)[1]
      #expect(help.output.contains("--\(name)"), "\(name)")
      options += 1
    }
    #expect(options > 8)
  }

  @Test("help and version beat everything else, and both are on standard output") func early() throws {
    #expect(try ToolRunner.run("query", ["--nonsense", "--help"]).status == 0)
    let version = try ToolRunner.run("query", ["--version"])
    #expect(version.status == 0 && version.output == "query (tweetmill) \(Version.text)\n")
    #expect(try ToolRunner.run("query", ["--", "--help"]).status == 2)
  }

  @Test("text is broken at blanks, lines of it stay paragraphs, long words stay whole") func wrapped() {
    #expect(Help.wrapped("aa bb cc\ndd", indent: 2, width: 7) == "  aa bb\n  cc\n  dd\n")
    #expect(Help.wrapped("aaaaaaaaaa b", indent: 0, width: 4) == "aaaaaaaaaa\nb\n")
    #expect(Help.wrapped("", indent: 2) == "\n")
  }
}
