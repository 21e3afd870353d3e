import Foundation
import TestSupport
import Testing

/// The house has floors: imports only point downward (STYLE §3), and this list says where to.
@Suite struct ModuleArrowsTests {
  /// What each library may import besides the C library and the standard one.
  static let allowed: [String: Set<String>] = [
    "Bytes": ["CLanes", "CMalloc", "CXXHash", "CXXHashInline"], "JSON": ["Bytes", "CSimdjson"],
    "YAML": ["Bytes", "CYAML"],
    "Records": ["Bytes", "JSON"],
    "Containers": ["Bytes", "JSON", "Records", "CArchive", "CBZip2", "CZlib", "CLZMA", "CLZ4", "CZstd"],
    "TextAnalysis": ["Bytes", "Records", "CICU", "CStemmer", "CTextScan"],
    "Tokenization": ["Bytes", "Containers", "Records", "TextAnalysis", "CCLD2"],
    "QueryGrammar": ["Bytes", "Records"],
    "QueryMatching": ["Bytes", "QueryGrammar", "Records", "TextAnalysis"],
    "Ingestion": ["Bytes", "Containers", "JSON", "QueryGrammar", "QueryMatching", "Records", "TextAnalysis"],
    "Commits": ["Bytes", "JSON"],
    "CommitWriting": ["Bytes", "CArchive", "Commits"],
    "SearchIndex": ["Bytes", "Commits", "Records", "CZstd"],
    "IndexBuilding": [
      "Bytes", "CommitWriting", "Commits", "Containers", "JSON", "Records", "SearchIndex", "TextAnalysis",
    ],
    "Search": [
      "Bytes", "Commits", "QueryGrammar", "QueryMatching", "Records", "SearchIndex", "TextAnalysis",
    ],
    "ToolSupport": ["Bytes", "Records"],
    "Pipelines": ["Bytes", "CProcess", "YAML"], "SyntheticWorld": ["Bytes", "CArchive", "CZstd"],
    "IngestTool": [
      "Bytes", "Containers", "Ingestion", "QueryGrammar", "Records", "TextAnalysis", "ToolSupport",
    ],
    "TokenizeTool": ["Bytes", "Containers", "Records", "TextAnalysis", "Tokenization", "ToolSupport"],
    "StoreAccess": ["Commits", "ToolSupport"],
    "IndexAccess": ["SearchIndex", "StoreAccess", "ToolSupport"],
    "IndexBuildTool": [
      "IndexAccess", "IndexBuilding",
      "Bytes", "CommitWriting", "Commits", "Containers", "JSON", "Records", "SearchIndex", "TextAnalysis",
      "ToolSupport",
    ],
    "QueryTool": [
      "IndexAccess", "Bytes", "Commits", "JSON", "QueryGrammar", "Records", "Search", "SearchIndex",
      "StoreAccess", "TextAnalysis", "Timelines", "ToolSupport",
    ],
    "Trends": ["Bytes", "Containers", "JSON", "Records", "TextAnalysis", "YAML"],
    "TrendTool": ["Bytes", "Containers", "Records", "ToolSupport", "Trends", "YAML"],
    "trend-compute": ["ToolSupport", "TrendTool"],
    "Follows": ["Bytes", "Containers", "Records"],
    "Timelines": ["Bytes", "Commits", "JSON", "Records"],
    "Activity": ["Bytes", "Containers", "Follows", "Records", "Timelines"],
    "TimelineBuilding": [
      "Activity", "Bytes", "CommitWriting", "Commits", "Follows", "Timelines",
    ],
    "Notifications": ["Activity", "Bytes", "Follows", "JSON", "Records"],
    "FanoutTool": [
      "Activity", "Bytes", "Commits", "Containers", "Follows", "JSON", "Notifications", "Records",
      "StoreAccess", "TimelineBuilding", "Timelines", "ToolSupport",
    ],
    "fanout": ["FanoutTool", "ToolSupport"],
    "PipelineTool": ["Bytes", "Pipelines", "Records", "ToolSupport", "YAML"],
    "bench": ["Bytes", "SyntheticWorld", "ToolSupport"], "ingest": ["IngestTool", "ToolSupport"],
    "tokenize": ["TokenizeTool", "ToolSupport"], "index-build": ["IndexBuildTool", "ToolSupport"],
    "query": ["QueryTool", "ToolSupport"], "pipeline": ["PipelineTool", "ToolSupport"],
  ]
  static let everywhere: Set<String> = ["Glibc", "Synchronization"]

  /// The modules that the lines of a file import.
  static func imports(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").filter {
        !["public", "package", "internal", "private", "fileprivate", "@testable", "@preconcurrency"].contains(
          $0)
      }
      return words.count >= 2 && words[0] == "import" ? String(words[1]) : nil
    }
  }

  @Test("no source imports a module from a floor above, or Foundation") func arrows() throws {
    let sources = ToolRunner.root + "/Sources"
    var seen = 0
    for target in try FileManager.default.contentsOfDirectory(atPath: sources) {
      let folder = sources + "/" + target
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
        $0.hasSuffix(".swift")
      }
      if files.isEmpty { continue }
      let allowed = try #require(Self.allowed[target], "a new target: \(target) needs its arrows here")
      for file in files {
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        for module in Self.imports(text) where !Self.everywhere.contains(module) {
          #expect(allowed.contains(module), "\(target)/\(file) imports \(module)")
          seen += 1
        }
      }
    }
    #expect(seen > 200)
  }

  @Test("the list itself has no circle") func acyclic() {
    func reaches(_ from: String, _ wanted: String, _ depth: Int) -> Bool {
      depth < 20 && (Self.allowed[from] ?? []).contains { $0 == wanted || reaches($0, wanted, depth + 1) }
    }
    for target in Self.allowed.keys { #expect(!reaches(target, target, 0), "\(target)") }
  }

  @Test("import lines are read in every spelling") func reading() {
    #expect(
      Self.imports(
        "internal import A\npublic import B\nimport C\n// import D\n@testable import E\nlet x = 1\n") == [
          "A", "B", "C", "E",
        ])
  }
}
