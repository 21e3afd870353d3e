import TestSupport
import Testing

@testable import ToolSupport

@Suite struct ArgumentsTests {
  static let options = [
    OptionSpec("switch", short: "s", help: ""), OptionSpec("other", short: "o", help: ""),
    OptionSpec("one", short: "n", value: "N", help: ""),
    OptionSpec("each", short: "e", value: "X", arity: .repeated, help: ""),
    OptionSpec("files", short: "f", value: "FILE", arity: .many, help: ""),
    OptionSpec("kind", choices: ["a", "b"], help: ""),
  ]

  static func parse(_ words: String...) throws -> Arguments { try Arguments(words, options: options) }

  static func error(_ words: String...) -> String? {
    do {
      _ = try Arguments(words, options: options)
      return nil
    } catch let error as ToolError {
      return error.status == .usage ? error.message + (error.hint.map { " | " + $0 } ?? "") : "wrong status"
    } catch { return "\(error)" }
  }

  @Test("every arity takes what it takes") func arities() throws {
    let parsed = try Self.parse(
      "x", "-s", "--one", "1", "-n2", "-e", "p", "--each=q", "-f", "u", "v", "--kind", "a", "y")
    #expect(parsed.has("switch") && !parsed.has("other"))
    #expect(parsed.value("one") == "2")
    #expect(parsed.all("each") == ["p", "q"])
    #expect(parsed.all("files") == ["u", "v"])
    #expect(parsed.value("kind") == "a")
    #expect(parsed.operands == ["x", "y"])
  }

  @Test("a value may be empty, hold an equals sign, or begin with a dash") func values() throws {
    #expect(try Self.parse("--one=").value("one") == "")
    #expect(try Self.parse("--one=a=b").value("one") == "a=b")
    #expect(try Self.parse("--one", "-5").value("one") == "-5")
    #expect(try Self.parse("--one", "--").value("one") == "--")
  }

  @Test("-- ends the options, a lone dash is an operand") func ends() throws {
    #expect(try Self.parse("-", "--", "--one", "-s", "--").operands == ["-", "--one", "-s", "--"])
    #expect(try Self.parse("-f", "a", "-", "--", "b").all("files") == ["a", "-"])
  }

  @Test("short switches join into one word") func joined() throws {
    let parsed = try Self.parse("-so")
    #expect(parsed.has("switch") && parsed.has("other"))
  }

  @Test("what is wrong is said, with the nearest option") func errors() {
    #expect(Self.error("--swich") == "unknown option --swich | did you mean --switch?")
    #expect(Self.error("--zzzzzzzz") == "unknown option --zzzzzzzz | see --help")
    #expect(Self.error("-z") == "unknown option -z | see --help")
    #expect(Self.error("--one") == "option --one needs a value (N)")
    #expect(Self.error("--switch=1") == "option --switch takes no value, found \"1\"")
    #expect(Self.error("-sz") == "option -s takes no value, and there is no switch -z")
    #expect(Self.error("--files", "-s") == "option --files needs at least one FILE")
    #expect(Self.error("--kind", "c") == "option --kind: expected a, b, found \"c\"")
    #expect(Self.error("-é") == "unknown option -é | see --help")
  }

  @Test(
    "whole numbers have bounds",
    arguments: ["", "1.5", "+1", "0x1", "99999999999999999999", "11", "-1", " 1", "１"])
  func badInteger(text: String) throws {
    let parsed = try Self.parse("--one=\(text)")
    #expect(throws: ToolError.self) { _ = try parsed.integer("one", in: 0...10) }
    #expect(try Self.parse("--one=10").integer("one", in: 0...10) == 10)
    #expect(try Self.parse().integer("one") == nil)
  }

  @Test(
    "sizes are read with their units",
    arguments: [
      ("1", 1), ("1048576", 1_048_576), ("16MiB", 16 << 20), ("16M", 16 << 20), ("16m", 16 << 20),
      ("256MB", 256_000_000), ("1G", 1 << 30),
      ("2kb", 2000), ("", nil), ("M", nil), ("1X", nil), ("-1", nil), ("1.5M", nil), ("99999999999G", nil),
      ("１M", nil),
    ] as [(String, Int?)]) func bytes(text: String, expected: Int?)
  {
    #expect(Quantities.bytes(text) == expected)
  }

  @Test(
    "digits are grouped by three",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func grouped(number: Int, expected: String) {
    #expect(Quantities.grouped(number) == expected)
  }

  @Test("random words never trap", arguments: 0..<20) func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pool = [
      "-", "--", "-s", "-so", "-n", "-n5", "--one", "--one=", "=", "--=x", "", "é", "-f", "--files=",
      "--kind=a", "---",
    ]
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        pool.randomElement(using: &random) ?? ""
      }
      _ = try? Arguments(words, options: Self.options)
    }
  }
}
