import Foundation
import TestSupport
import Testing

/// A library that a program does not use costs up to a millisecond of every start: an arrow too many brings it back.
@Suite struct LoadedLibrariesTests {
  static let unused: [String: [String]] = [
    "ingest": ["libcld2"], "index-build": ["libcld2"],
    "query": ["libarchive", "libbz2", "libcld2", "liblz4", "liblzma"],
    "fanout": ["libcld2", "libicuuc", "libstemmer"],
    "pipeline": [
      "libarchive", "libbz2", "libcld2", "libicuuc", "liblz4", "liblzma", "libstemmer", "libzstd",
    ],
  ]

  @Test("no tool loads a library that it does not use", arguments: unused.keys.sorted())
  func libraries(tool: String) throws {
    let program = try Data(contentsOf: URL(fileURLWithPath: ToolRunner.path(tool)), options: .alwaysMapped)
    #expect(program.range(of: Data("libc.so".utf8)) != nil)
    for library in Self.unused[tool] ?? [] {
      #expect(program.range(of: Data("\(library).so".utf8)) == nil, "\(tool) is linked with \(library)")
    }
  }

  @Test(
    "no tool holds the regular expressions of the standard library: see Bytes/PlainSearch.swift",
    arguments: ["ingest", "tokenize", "index-build", "query", "pipeline", "fanout"]) func expressions(
      tool: String
    )
    throws
  {
    let program = try Data(contentsOf: URL(fileURLWithPath: ToolRunner.path(tool)), options: .alwaysMapped)
    // A build without `--static-swift-stdlib` names all libraries of the standard one.
    if program.range(of: Data("libswiftCore.so".utf8)) != nil { return }
    #expect(program.range(of: Data("_RegexParser".utf8)) == nil)
  }
}
