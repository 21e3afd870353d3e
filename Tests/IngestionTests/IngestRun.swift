import Foundation
import TestSupport

/// One run of the built `ingest` over given bytes, with its rejects and its ledger.
struct IngestRun {
  var status: Int32
  var output: [String] = []
  var rejects: [[String: Any]] = []
  var ledger: [String: Any] = [:]
  var errors = ""

  /// Where the program is: `TWEETMILL_BIN`, else the release build, else beside the tests. Nil, with a line, when nowhere.
  static let program: String? = {
    let folder =
      ProcessInfo.processInfo.environment["TWEETMILL_BIN"]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build/release").path
    for path in [folder + "/ingest", ToolRunner.path("ingest")]
    where FileManager.default.isExecutableFile(atPath: path) { return path }
    FileHandle.standardError.write(Data("skipped: no built ingest\n".utf8))
    return nil
  }()

  /// Runs `ingest` with `words`; `input` comes on standard input.
  init(_ input: Data = Data(), _ words: [String], program: String) throws {
    let folder = TemporaryDirectory()
    try input.write(to: URL(fileURLWithPath: folder.file("in")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      [
        "--quiet", "--rejects", folder.file("rejects"), "--stats", folder.file("stats"), "-o",
        folder.file("out"),
      ]
      + words
    process.standardInput = FileHandle(forReadingAtPath: folder.file("in"))
    _ = FileManager.default.createFile(atPath: folder.file("err"), contents: nil)
    process.standardError = FileHandle(forWritingAtPath: folder.file("err"))
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = Self.lines(folder.file("out"))
    rejects = Self.lines(folder.file("rejects")).map(Self.object)
    ledger = Self.lines(folder.file("stats")).first.map(Self.object) ?? [:]
    errors = Self.lines(folder.file("err")).joined(separator: "\n")
  }

  /// The reasons of the rejects, in order.
  var reasons: [String] { rejects.map { $0["reason"] as? String ?? "" } }

  /// A term of the ledger.
  func count(_ name: String) -> Int { ledger[name] as? Int ?? 0 }

  /// The records as dictionaries.
  var records: [[String: Any]] { output.map(Self.object) }

  private static func object(_ line: String) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
  }

  private static func lines(_ path: String) -> [String] {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return [] }
    return data.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A v1.1 status of our own.
  static func tweet(_ id: String, _ text: String = "hello", _ more: String = "") -> String {
    "{\"id_str\":\"\(id)\",\"created_at\":\"Wed Aug 29 20:21:02 +0000 2018\",\"full_text\":\"\(text)\"\(more)}"
  }
}
