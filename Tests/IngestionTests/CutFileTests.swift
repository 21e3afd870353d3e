import Foundation
import TestSupport
import Testing

/// Cut files against the formats' own programs: nothing less comes out of `ingest`.
@Suite struct CutFileTests {
  struct Format: Sendable, CustomTestStringConvertible {
    var pack: [String]
    var unpack: [String]
    var testDescription: String { pack[0] }
  }

  static let formats = [
    Format(pack: ["gzip", "-c"], unpack: ["gzip", "-dc"]),
    Format(pack: ["bzip2", "-1c"], unpack: ["bzip2", "-dc"]),
    Format(pack: ["xz", "-c", "-T1"], unpack: ["xz", "-dc"]),
    Format(pack: ["zstd", "-qc"], unpack: ["zstd", "-qdc"]),
    Format(pack: ["lz4", "-qc"], unpack: ["lz4", "-qdc"]),
  ]

  static func lines(_ range: Range<Int>) -> Data {
    var random = SeededGenerator(seed: 7)
    var text = ""
    for number in range {
      let words = (0..<40).map { _ in String(UInt32.random(in: 0...0xFFFF, using: &random), radix: 36) }
      text += IngestRun.tweet("\(number + 1)", words.joined(separator: " ")) + "\n"
    }
    return Data(text.utf8)
  }

  static func pipe(_ words: [String], _ input: Data) throws -> Data? {
    let folder = TemporaryDirectory()
    try input.write(to: URL(fileURLWithPath: folder.file("in")))
    _ = FileManager.default.createFile(atPath: folder.file("out"), contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardInput = FileHandle(forReadingAtPath: folder.file("in"))
    process.standardOutput = FileHandle(forWritingAtPath: folder.file("out"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 127
      ? nil : try Data(contentsOf: URL(fileURLWithPath: folder.file("out")))
  }

  @Test(
    "of a cut file every line comes out that the format's own program gives, then one reject",
    arguments: formats)
  func cut(format: Format) throws {
    guard let program = IngestRun.program, let first = try Self.pipe(format.pack, Self.lines(0..<800)),
      let second = try Self.pipe(format.pack, Self.lines(800..<1500)), first.count > 100
    else { return }
    let whole = first + second
    var random = SeededGenerator(seed: 3)
    let edges = [
      1, 6, 20, first.count - 5, first.count, first.count + 1, first.count + 5, whole.count - 1, whole.count,
    ]
    for cut in edges + (0..<8).map({ _ in Int.random(in: 1..<whole.count, using: &random) }) {
      let part = Data(whole.prefix(cut))
      let expected = try #require(try Self.pipe(format.unpack, part)).count { $0 == 10 }
      let run = try IngestRun(part, ["--dedupe", "off"], program: program)
      #expect(run.output.count >= expected, "\(format.pack[0]) cut at \(cut)")
      let isWhole = cut == first.count || cut == whole.count
      // A stump too short to be told from text is a bad line of its own.
      #expect(run.reasons.count == (isWhole ? 0 : 1), "\(format.pack[0]) cut at \(cut)")
      if cut >= 20 && !isWhole { #expect(run.reasons == ["truncated"], "\(format.pack[0]) cut at \(cut)") }
    }
  }

  @Test("a damaged member of a tar costs no other member")
  func tar() throws {
    guard let program = IngestRun.program else { return }
    let folder = TemporaryDirectory()
    for number in 0..<3 {
      var packed = try #require(try Self.pipe(["gzip", "-c"], Self.lines(100 * number..<100 * number + 100)))
      if number == 1 { packed[packed.count / 2] ^= 0xFF }
      try packed.write(to: URL(fileURLWithPath: folder.file("\(number).json.gz")))
    }
    let names = (0..<3).map { "\($0).json.gz" }
    let tar = try #require(try Self.pipe(["tar", "-cf", "-", "-C", folder.path] + names, Data()))
    let run = try IngestRun(tar + tar, ["--dedupe", "off"], program: program)
    #expect(run.output.count >= 400)
    #expect(run.rejects.allSatisfy { ($0["member"] as? String) == "1.json.gz" })
    #expect(run.reasons.filter { $0 == "truncated" }.count == 2)
    let twice = try #require(try Self.pipe(["bzip2", "-c"], tar))
    let nested = try #require(try Self.pipe(["zstd", "-qc"], twice))
    let again = try IngestRun(nested, ["--dedupe", "off"], program: program)
    #expect(again.output.count == run.output.count / 2)
  }
}
