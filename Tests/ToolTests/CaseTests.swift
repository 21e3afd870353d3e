import Foundation
import TestSupport
import Testing

/// The tools as people see them: `Cases/<tool>/<case>/` holds `cmd` (a line of bash, run in an empty folder where `$WORLD`
/// is a file of records), perhaps `stdin`, and what must come: `stdout`, `stderr`, `status`.
///
/// `RECORD=1 swift test --filter CaseTests` writes what came instead; review the diff.
@Suite struct CaseTests {
  static let root = ToolRunner.root + "/Tests/ToolTests/Cases"

  static var cases: [String] {
    let found = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    return found.filter { $0.hasSuffix("/cmd") }.map { String($0.dropLast(4)) }.sorted()
  }

  static func text(_ path: String) -> String {
    String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data(), as: UTF8.self)
  }

  @Test("a case gives its output, its words and its status", arguments: cases) func matches(name: String)
    throws
  {
    let place = Self.root + "/" + name
    let folder = TemporaryDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", Self.text(place + "/cmd")]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let tools = URL(fileURLWithPath: ToolRunner.path("query")).deletingLastPathComponent().path
    process.environment = [
      "PATH": tools + ":/usr/bin:/bin", "WORLD": Self.root + "/world.ndjson", "LC_ALL": "C",
    ]
    let input = FileManager.default.fileExists(atPath: place + "/stdin") ? place + "/stdin" : "/dev/null"
    process.standardInput = FileHandle(forReadingAtPath: input)
    let results = TemporaryDirectory()
    for file in ["stdout", "stderr"] {
      _ = FileManager.default.createFile(atPath: results.file(file), contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: results.file("stdout"))
    process.standardError = FileHandle(forWritingAtPath: results.file("stderr"))
    try process.run()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    let found = [
      "stdout": Self.text(results.file("stdout")), "stderr": Self.text(results.file("stderr")),
      "status": "\(status)\n",
    ]
    for (file, text) in found {
      if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try? FileManager.default.removeItem(atPath: place + "/" + file)
        if !text.isEmpty { try text.write(toFile: place + "/" + file, atomically: true, encoding: .utf8) }
      } else {
        #expect(text == Self.text(place + "/" + file), "\(name)/\(file)")
      }
    }
  }

  @Test("there are cases for every tool of the spine") func present() {
    for tool in ["fanout", "index-build", "query", "tokenize", "trend-compute"] {
      #expect(Self.cases.filter { $0.hasPrefix(tool + "/") }.count >= 8)
    }
  }
}
