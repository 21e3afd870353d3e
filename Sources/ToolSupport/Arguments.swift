internal import Bytes

/// The words of a command line, sorted by an option table.
public struct Arguments: Sendable {
  /// What is no option, in order.
  public private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Sorts `words`. `--name value`, `--name=value`, `-n value`, `-nvalue`, `--` ends the options.
  ///
  /// - Throws: `ToolError` with status 2, naming the nearest option when one is unknown.
  /// With `dashOperands` a word such as `-is:retweet` is an operand: only `--name` and `-x` are options then, without a value attached.
  public init(_ words: [String], options: [OptionSpec], dashOperands: Bool = false) throws {
    var index = 0
    var optionsEnded = false
    while index < words.count {
      let word = words[index]
      index += 1
      let isOperand = dashOperands && !word.hasPrefix("--") && word.count > 2
      if optionsEnded || isOperand || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
        continue
      }
      if word == "--" {
        optionsEnded = true
        continue
      }
      var (spec, attached, shown) = try Self.find(word, options)
      switch spec.arity {
      case .none:
        if let attached, !word.hasPrefix("--") {
          // Several short switches in one word: -qv.
          for letter in attached {
            guard let next = options.first(where: { $0.short == String(letter) && $0.arity == .none }) else {
              throw ToolError(.usage, "option \(shown) takes no value, and there is no switch -\(letter)")
            }
            values[next.name, default: []].append("")
          }
        } else if let attached {
          throw ToolError(.usage, "option \(shown) takes no value, found \"\(attached)\"")
        }
        values[spec.name, default: []].append("")
      case .one, .repeated:
        if attached == nil {
          guard index < words.count else {
            throw ToolError(.usage, "option \(shown) needs a value (\(spec.value ?? "VALUE"))")
          }
          attached = words[index]
          index += 1
        }
        let value = attached ?? ""
        if !spec.choices.isEmpty && !spec.choices.contains(value) {
          throw ToolError(
            .usage, "option \(shown): expected \(spec.choices.joined(separator: ", ")), found \"\(value)\"")
        }
        if spec.arity == .one {
          values[spec.name] = [value]
        } else {
          values[spec.name, default: []].append(value)
        }
      case .many:
        var taken = attached.map { [$0] } ?? []
        while index < words.count, !words[index].hasPrefix("-") || words[index] == "-" {
          taken.append(words[index])
          index += 1
        }
        if taken.isEmpty {
          throw ToolError(.usage, "option \(shown) needs at least one \(spec.value ?? "VALUE")")
        }
        values[spec.name, default: []] += taken
      }
    }
  }

  private static func find(_ word: String, _ options: [OptionSpec]) throws -> (OptionSpec, String?, String) {
    if word.hasPrefix("--") {
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      if let spec = options.first(where: { $0.name == name }) {
        return (spec, parts.count > 1 ? String(parts[1]) : nil, "--\(name)")
      }
      let near = Nearest.match(name, options.map(\.name))
      throw ToolError(
        .usage, "unknown option --\(name)", hint: near.map { "did you mean --\($0)?" } ?? "see --help")
    }
    let letter = String(word.dropFirst().prefix(1))
    guard let spec = options.first(where: { $0.short == letter }) else {
      throw ToolError(.usage, "unknown option -\(letter)", hint: "see --help")
    }
    var rest: String? = String(word.dropFirst(2))
    if rest == "" { rest = nil }
    return (spec, rest, "-\(letter)")
  }

  /// Whether the option was given.
  public func has(_ name: String) -> Bool { values[name] != nil }

  /// Its value, or nil.
  public func value(_ name: String) -> String? { values[name]?.last }

  /// All its values.
  public func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Its value as a whole number in `range`. - Throws: status 2.
  public func integer(_ name: String, in range: ClosedRange<Int> = 0...Int.max) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Quantities.integer(text), range.contains(number) else {
      let bounds =
        range.upperBound == Int.max
        ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      throw ToolError(.usage, "option --\(name): expected a whole number \(bounds), found \"\(text)\"")
    }
    return number
  }

  /// Its value as bytes: `1048576`, `16MiB`, `256MB`, `1G`. - Throws: status 2.
  public func byteCount(_ name: String) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Quantities.bytes(text), number > 0 else {
      throw ToolError(
        .usage, "option --\(name): expected a size such as 1048576, 16MiB or 256MB, found \"\(text)\"")
    }
    return number
  }
}

/// Numbers as people write them.
public enum Quantities {
  /// Decimal digits with an optional minus, nothing else; nil on overflow.
  public static func integer(_ text: String) -> Int? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return Int(text)
  }

  /// `16MiB`, `16M`, `16MB` (decimal), `1048576`; nil for anything else.
  public static func bytes(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let unit: Int
    switch text.dropFirst(digits.count).uppercased() {
    case "", "B": unit = 1
    case "K", "KIB": unit = 1 << 10
    case "M", "MIB": unit = 1 << 20
    case "G", "GIB": unit = 1 << 30
    case "KB": unit = 1_000
    case "MB": unit = 1_000_000
    case "GB": unit = 1_000_000_000
    default: return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }

  /// 1234567 as `1,234,567`, the same in every locale.
  public static func grouped(_ number: Int) -> String {
    let digits = Array(String(abs(number)).utf8)
    var out: [UInt8] = number < 0 ? [45] : []
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place) % 3 == 0 { out.append(44) }
      out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
