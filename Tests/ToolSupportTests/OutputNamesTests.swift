import Foundation
import TestSupport
import Testing

@testable import ToolSupport

@Suite struct OutputNamesTests {
  static let options = [
    OptionSpec("output", short: "o", value: "FILE", role: .writes, help: ""),
    OptionSpec("html", value: "FILE", role: .writes, help: ""),
    OptionSpec("state", value: "FILE", role: .updates, help: ""),
    OptionSpec("rules", value: "FILE", role: .reads, help: ""),
    OptionSpec("term", value: "TERM", help: ""),
  ]

  static func error(_ words: [String]) throws -> String? {
    do {
      try OutputNames.check(Arguments(words, options: options), options)
      return nil
    } catch let error as ToolError {
      return error.status == .usage ? error.message : "wrong status"
    }
  }

  @Test("two options that write one file are refused, however it is spelled") func refused() throws {
    let folder = TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("sub"))
    let x = folder.file("x")
    #expect(
      try Self.error(["-o", x, "--html", x]) == "options --output and --html name the same file, \"\(x)\"")
    #expect(try Self.error(["--state", x, "--output=" + folder.file("sub/../x")]) != nil)
    #expect(try Self.error(["--state", folder.file("link/y"), "--html", folder.file("sub/y")]) != nil)
    #expect(try Self.error(["--state", "nowhere/y", "--html", "nowhere/y"]) != nil)
    #expect(try Self.error(["-o", "x", "--html", "./x"]) != nil)
  }

  @Test("a dash is a file for nobody") func dash() throws {
    #expect(try Self.error(["--html", "-"]) == "option --html: expected a file, found \"-\"")
    #expect(try Self.error(["--state", "-"]) != nil)
    #expect(try Self.error(["-o", "-", "--rules", "-"]) == nil)
  }

  @Test("what is read, what is no file, and links to one file are none of these") func allowed() throws {
    let folder = TemporaryDirectory()
    let x = folder.file("x")
    try Data().write(to: URL(fileURLWithPath: x))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: x)
    #expect(try Self.error(["-o", x, "--rules", x, "--term", x]) == nil)
    #expect(try Self.error(["-o", "-", "--html", "./-"]) == nil)
    #expect(try Self.error(["-o", "/dev/stderr", "--html", "/dev/stderr"]) == nil)
    // A rename replaces the link, not what it leads to.
    #expect(try Self.error(["-o", x, "--html", folder.file("link")]) == nil)
    #expect(try Self.error(["-o", x, "--html", x + "y"]) == nil)
    // The last one counts.
    #expect(try Self.error(["-o", x, "-o", "other", "--html", x]) == nil)
  }
}
