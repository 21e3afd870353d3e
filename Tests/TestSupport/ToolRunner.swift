import Foundation

/// Runs the built programs: those of `TWEETMILL_BIN`, as `make test` sets it, else those beside the tests.
public enum ToolRunner {
  /// What a program did.
  public struct Outcome: Sendable {
    /// Its exit status; minus the signal when one ended it.
    public var status: Int32
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
  }

  /// The folder of this package.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Where a program lies.
  public static func path(_ tool: String) -> String {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    return (ProcessInfo.processInfo.environment["TWEETMILL_BIN"] ?? beside) + "/" + tool
  }

  /// Starts a program without input. - Parameter folder: its current folder.
  public static func start(_ tool: String, _ words: [String], in folder: String = root) throws -> RunningTool
  {
    try RunningTool(path(tool), words, folder)
  }

  /// Runs a program to its end.
  public static func run(_ tool: String, _ words: [String], in folder: String = root) throws -> Outcome {
    try start(tool, words, in: folder).finish()
  }

  /// Whether a program understands an option: the tools grow one by one.
  public static func understands(_ tool: String, option: String) -> Bool {
    ((try? run(tool, ["--describe"]))?.output ?? "").contains("option\t\(option)\t")
  }
}

/// A program that was started.
public final class RunningTool {
  private let process = Process()
  private let output = TemporaryDirectory()
  /// Its number.
  public var identifier: Int32 { process.processIdentifier }

  init(_ path: String, _ words: [String], _ folder: String) throws {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    // Files, because a pipe that nobody reads yet would stop the program when it is full.
    for name in ["output", "errors"] {
      _ = FileManager.default.createFile(atPath: output.file(name), contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: output.file("output"))
    process.standardError = FileHandle(forWritingAtPath: output.file("errors"))
    try process.run()
  }

  /// Waits for its end.
  public func finish() -> ToolRunner.Outcome {
    process.waitUntilExit()
    func text(_ name: String) -> String {
      String(
        decoding: (try? Data(contentsOf: URL(fileURLWithPath: output.file(name)))) ?? Data(), as: UTF8.self)
    }
    let status = process.terminationStatus
    return ToolRunner.Outcome(
      status: process.terminationReason == .exit ? status : -status, output: text("output"),
      errors: text("errors"))
  }
}
