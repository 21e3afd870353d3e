import Foundation

/// A reader for the little YAML that conformance files are written in: block mappings and sequences, flow sequences
/// of scalars, double-quoted, single-quoted and plain scalars on one line. Not for anything else.
public indirect enum PlainYAML: Equatable, Sendable {
  /// Nothing behind a key.
  case null
  /// A scalar, as text.
  case scalar(String)
  /// A sequence.
  case list([PlainYAML])
  /// A mapping.
  case map([String: PlainYAML])

  /// Reads a file.
  public init(path: String) throws {
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    var reader = PlainYAMLReader(text)
    self = reader.block(indent: 0)
  }

  /// The value behind a key; null when there is none.
  public subscript(key: String) -> PlainYAML {
    if case .map(let map) = self { return map[key] ?? .null }
    return .null
  }

  /// Its items, none when it is no sequence.
  public var items: [PlainYAML] {
    if case .list(let list) = self { return list }
    return []
  }

  /// Its keys, sorted.
  public var keys: [String] {
    if case .map(let map) = self { return map.keys.sorted() }
    return []
  }

  /// Its text, when it is a scalar.
  public var text: String? {
    if case .scalar(let text) = self { return text }
    return nil
  }
}

private struct PlainYAMLReader {
  private var lines: [(indent: Int, text: Substring)] = []
  private var at = 0

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      let body = line.drop { $0 == " " }
      if body.isEmpty || body.hasPrefix("#") || body == "---" { continue }
      lines.append((line.utf8.count - body.utf8.count, body))
    }
  }

  mutating func block(indent: Int) -> PlainYAML {
    guard at < lines.count, lines[at].indent >= indent else { return .null }
    let own = lines[at].indent
    return lines[at].text.hasPrefix("- ") ? list(own) : map(own)
  }

  private mutating func list(_ indent: Int) -> PlainYAML {
    var items: [PlainYAML] = []
    while at < lines.count, lines[at].indent == indent, lines[at].text.hasPrefix("- ") {
      let rest = lines[at].text.dropFirst(2).drop { $0 == " " }
      let inner = indent + lines[at].text.utf8.count - rest.utf8.count
      if isKey(rest) {
        lines[at] = (inner, rest)
        items.append(map(inner))
      } else {
        at += 1
        items.append(Self.value(rest))
      }
    }
    return .list(items)
  }

  private mutating func map(_ indent: Int) -> PlainYAML {
    var map: [String: PlainYAML] = [:]
    while at < lines.count, lines[at].indent == indent, isKey(lines[at].text) {
      let line = lines[at].text
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      let key = String(line[..<colon])
      let rest = line[line.index(after: colon)...].drop { $0 == " " }
      at += 1
      if !rest.isEmpty {
        map[key] = Self.value(rest)
      } else if at < lines.count,
        lines[at].indent > indent || (lines[at].indent == indent && lines[at].text.hasPrefix("- "))
      {
        map[key] = block(indent: lines[at].indent)
      } else {
        map[key] = .null
      }
    }
    return .map(map)
  }

  private func isKey(_ text: Substring) -> Bool {
    let name = text.prefix { $0.isLetter || $0 == "_" }
    let rest = text[name.endIndex...]
    return !name.isEmpty && (rest == ":" || rest.hasPrefix(": "))
  }

  static func value(_ text: Substring) -> PlainYAML {
    var scalars = Substring.UnicodeScalarView(text.unicodeScalars)
    return value(&scalars)
  }

  private static func value(_ text: inout Substring.UnicodeScalarView) -> PlainYAML {
    if text.first == "[" {
      text.removeFirst()
      var items: [PlainYAML] = []
      while let next = text.first, next != "]" {
        if next == "," || next == " " {
          text.removeFirst()
        } else {
          items.append(value(&text))
        }
      }
      if !text.isEmpty { text.removeFirst() }
      return .list(items)
    }
    if text.first == "\"" { return .scalar(quoted(&text)) }
    if text.first == "'" {
      let body = text.dropFirst().prefix { $0 != "'" }
      text = text[body.endIndex...].dropFirst()
      return .scalar(String(body))
    }
    let plain = String(text)
    text = text[text.endIndex...]
    return .scalar(plain)
  }

  private static func quoted(_ text: inout Substring.UnicodeScalarView) -> String {
    var out = String.UnicodeScalarView()
    text.removeFirst()
    while let next = text.popFirst(), next != "\"" {
      guard next == "\\", let escape = text.popFirst() else {
        out.append(next)
        continue
      }
      switch escape {
      case "n": out.append("\n")
      case "t": out.append("\t")
      case "r": out.append("\r")
      case "x", "u", "U":
        let digits = escape == "x" ? 2 : escape == "u" ? 4 : 8
        let hex = String(text.prefix(digits))
        text.removeFirst(digits)
        if let value = UInt32(hex, radix: 16), let scalar = Unicode.Scalar(value) { out.append(scalar) }
      default: out.append(escape)
      }
    }
    return String(out)
  }
}
