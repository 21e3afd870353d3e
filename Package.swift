// swift-tools-version: 6.2
// The house as a table: C seams at the top, then libraries (arrows only upward in this list), then commands, then tools.
import PackageDescription

/// One set of rules for every Swift target. `Lifetimes` is experimental but needed for views that borrow
/// (`JSONValue`, `ByteReader`); swift-nio and swift-collections rely on it too.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

/// A C or C++ library from Debian, behind a module map.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A compiled shim with a plain C header.
func shim(_ name: String, links: String..., flags: [String] = ["-O3"]) -> Target {
  .target(
    name: name, cSettings: [.unsafeFlags(flags)], cxxSettings: [.unsafeFlags(flags)],
    linkerSettings: links.map { .linkedLibrary($0) })
}

func library(_ name: String, _ needs: Target.Dependency...) -> Target {
  .target(name: name, dependencies: needs, swiftSettings: strict)
}

func tool(_ name: String, _ command: Target.Dependency) -> Target {
  .executableTarget(name: name, dependencies: [command, "ToolSupport"], swiftSettings: strict)
}

func tests(_ name: String, _ needs: Target.Dependency...) -> Target {
  .testTarget(
    name: name, dependencies: needs + ["TestSupport"], swiftSettings: strict)
}

let package = Package(
  name: "tweetmill",
  targets: [
    shim("CSimdjson", links: "simdjson"),
    system("CXXHash", pkgConfig: "libxxhash", apt: "libxxhash-dev"),
    system("CXXHashInline", apt: "libxxhash-dev"),
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    system("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
    system("CBZip2", apt: "libbz2-dev"),
    system("CLZ4", pkgConfig: "liblz4", apt: "liblz4-dev"),
    system("CLZMA", pkgConfig: "liblzma", apt: "liblzma-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),

    shim("CICU", links: "icuuc"),
    shim("CCLD2", links: "cld2"),
    shim("CTextScan"),
    shim("CLanes"),
    system("CStemmer", apt: "libstemmer-dev"),
    system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    shim("CProcess"),

    system("CMalloc", apt: "libc6-dev"),

    library("Bytes", "CLanes", "CMalloc", "CXXHash", "CXXHashInline"),
    library("JSON", "Bytes", "CSimdjson"),
    library("YAML", "Bytes", "CYAML"),
    library("Records", "Bytes", "JSON"),
    library(
      "Containers", "Bytes", "JSON", "Records", "CArchive", "CBZip2", "CLZ4", "CLZMA", "CZlib", "CZstd"),
    library("TextAnalysis", "Bytes", "Records", "CICU", "CStemmer", "CTextScan"),
    library("QueryGrammar", "Bytes", "Records"),
    library("QueryMatching", "Bytes", "QueryGrammar", "Records", "TextAnalysis"),
    library(
      "Ingestion", "Bytes", "Containers", "JSON", "QueryGrammar", "QueryMatching", "Records", "TextAnalysis"),
    library("Tokenization", "Bytes", "Containers", "Records", "TextAnalysis", "CCLD2"),
    library("Commits", "Bytes", "JSON"),
    library("CommitWriting", "Bytes", "CArchive", "Commits"),
    library("SearchIndex", "Bytes", "Commits", "CZstd", "Records"),
    library(
      "IndexBuilding", "Bytes", "CommitWriting", "Commits", "Containers", "JSON", "Records", "SearchIndex",
      "TextAnalysis"),
    library(
      "Search", "Bytes", "Commits", "QueryGrammar", "QueryMatching", "Records", "SearchIndex", "TextAnalysis"),
    library("Trends", "Bytes", "Containers", "JSON", "Records", "TextAnalysis", "YAML"),
    library("Follows", "Bytes", "Containers", "Records"),
    library("Timelines", "Bytes", "Commits", "JSON", "Records"),
    library("Activity", "Bytes", "Containers", "Follows", "Records", "Timelines"),
    library("TimelineBuilding", "Activity", "Bytes", "CommitWriting", "Commits", "Follows", "Timelines"),
    library("Notifications", "Activity", "Bytes", "Follows", "JSON", "Records"),
    library("ToolSupport", "Bytes", "Records"),
    library("Pipelines", "Bytes", "CProcess", "YAML"),
    library("SyntheticWorld", "Bytes", "CArchive", "CZstd"),

    library("StoreAccess", "Commits", "ToolSupport"),
    library("IndexAccess", "SearchIndex", "StoreAccess", "ToolSupport"),
    library("IngestTool", "Bytes", "Containers", "Ingestion", "QueryGrammar", "Records", "ToolSupport"),
    library(
      "IndexBuildTool", "Bytes", "CommitWriting", "Commits", "Containers", "IndexAccess", "IndexBuilding",
      "JSON", "Records",
      "SearchIndex", "TextAnalysis", "ToolSupport"
    ),
    library(
      "TokenizeTool", "Bytes", "Containers", "Records", "TextAnalysis", "Tokenization", "ToolSupport"),
    library(
      "QueryTool", "Bytes", "Commits", "IndexAccess", "JSON", "QueryGrammar", "Records", "Search",
      "SearchIndex",
      "StoreAccess",
      "TextAnalysis", "Timelines", "ToolSupport"),

    library("TrendTool", "Bytes", "Containers", "Records", "ToolSupport", "Trends", "YAML"),

    library(
      "FanoutTool", "Activity", "Bytes", "Containers", "Follows", "Notifications", "Records", "StoreAccess",
      "TimelineBuilding", "Timelines", "ToolSupport"),

    library("PipelineTool", "Bytes", "Pipelines", "Records", "ToolSupport", "YAML"),

    tool("fanout", "FanoutTool"),
    tool("ingest", "IngestTool"),
    tool("index-build", "IndexBuildTool"),
    tool("pipeline", "PipelineTool"),
    tool("query", "QueryTool"),
    tool("tokenize", "TokenizeTool"),
    tool("trend-compute", "TrendTool"),
    .executableTarget(
      name: "bench", dependencies: ["Bytes", "SyntheticWorld", "ToolSupport"], swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("BytesTests", "Bytes"),
    tests("JSONTests", "Bytes", "JSON"),
    tests("YAMLTests", "YAML"),
    tests("RecordsTests", "Bytes", "IndexTestSupport", "JSON", "Records"),
    .target(
      name: "CommitTestSupport", dependencies: ["Bytes", "CommitWriting", "Commits", "TestSupport"],
      path: "Tests/CommitTestSupport", swiftSettings: strict),
    tests(
      "CommitsTests", "Bytes", "CommitTestSupport", "CommitWriting", "Commits", "IndexBuilding",
      "IndexTestSupport", "JSON", "SearchIndex", "StoreAccess", "ToolSupport"),
    .target(
      name: "IndexTestSupport",
      dependencies: [
        "Bytes", "Containers", "IndexBuilding", "JSON", "Records", "SearchIndex", "TestSupport",
        "TextAnalysis",
      ],
      path: "Tests/IndexTestSupport", swiftSettings: strict),
    tests(
      "SearchIndexTests", "Bytes", "CommitTestSupport", "CommitWriting", "Commits", "IndexBuilding",
      "IndexTestSupport", "JSON", "Records", "SearchIndex"),
    tests(
      "IndexBuildingTests", "Bytes", "CommitWriting", "Commits", "IndexBuilding", "IndexTestSupport", "JSON",
      "Records", "SearchIndex"),
    tests("QueryGrammarTests", "Bytes", "QueryGrammar"),
    tests(
      "QueryMatchingTests", "Bytes", "IndexTestSupport", "QueryGrammar", "QueryMatching", "Records",
      "TextAnalysis"),
    tests(
      "SearchTests", "Bytes", "IndexTestSupport", "QueryGrammar", "QueryMatching", "Records", "Search",
      "SearchIndex", "TextAnalysis"),
    .testTarget(
      name: "SegmentCompatibilityTests",
      dependencies: [
        "Bytes", "CommitTestSupport", "Commits", "IndexTestSupport", "QueryGrammar", "Records", "Search",
        "SearchIndex", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "ToolTests", dependencies: ["TestSupport"], exclude: ["Cases"], swiftSettings: strict),
    tests("HouseTests"),
    tests("ToolSupportTests", "Bytes", "Records", "ToolSupport"),
    tests("ContainersTests", "Bytes", "Containers", "Records"),
    tests("IngestionTests", "Bytes", "Containers", "Ingestion", "JSON", "QueryGrammar", "Records"),
    tests("TextAnalysisTests", "TextAnalysis", "Records", "Bytes"),
    tests("TokenizationTests", "Bytes", "Records", "Tokenization"),
    tests("TrendsTests", "Bytes", "Containers", "Records", "Trends", "YAML"),
    .target(
      name: "TimelineTestSupport", path: "Tests/TimelineTestSupport",
      swiftSettings: strict),
    tests("FollowsTests", "Bytes", "Containers", "Follows", "Records", "TimelineTestSupport"),
    tests("ActivityTests", "Activity", "Bytes", "Containers", "Follows", "Records", "Timelines"),
    tests("TimelineBuildingTests", "Activity", "Bytes", "Follows", "TimelineBuilding", "Timelines"),
    tests(
      "TimelinesTests", "Activity", "Bytes", "CommitTestSupport", "Commits", "Follows", "TimelineBuilding",
      "TimelineTestSupport",
      "Timelines"),
    tests("NotificationsTests", "Activity", "Bytes", "Follows", "Notifications"),
    tests("PipelinesTests", "Bytes", "Pipelines", "YAML"),
    tests("SyntheticWorldTests", "SyntheticWorld"),
  ],
  cxxLanguageStandard: .cxx17
)
