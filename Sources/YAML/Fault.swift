/// A place in a file, counted from 1; columns count code points.
public struct Mark: Sendable, Hashable, Comparable {
  /// From 1.
  public var line: Int
  /// From 1, in code points.
  public var column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// By line, then by column.
  public static func < (a: Mark, b: Mark) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Something that is wrong with a file that people write, and where.
public struct Fault: Error, Sendable, Equatable {
  /// The place in the file; nil for what came from the command line.
  public var mark: Mark?
  /// What should be there.
  public var expected: String
  /// What is there.
  public var found: String
  /// What to do about it.
  public var hint: String?

  /// A fault.
  public init(_ mark: Mark?, expected: String, found: String, hint: String? = nil) {
    self.mark = mark
    self.expected = expected
    self.found = found
    self.hint = hint
  }

  /// `file:line:column: expected …, found …; hint`.
  public func text(file: String) -> String {
    let place = mark.map { "\(file):\($0.line):\($0.column)" } ?? file
    return "\(place): expected \(expected), found \(found)" + (hint.map { "; \($0)" } ?? "")
  }

  /// Words from a file in a message: in quotes, without control characters, cut where they are long.
  public static func shown(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars.prefix(60) {
      switch scalar {
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127: out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return "\"" + out + (text.unicodeScalars.count > 60 ? "…" : "") + "\""
  }
}

/// All that is wrong with a file, in its order.
public struct Faults: Error, Sendable {
  /// At least one.
  public let faults: [Fault]

  /// Puts them into the order of the file.
  public init(_ faults: [Fault]) {
    // What has no place in the file comes first; the sort keeps the order of what stands at one place.
    self.faults = faults.enumerated().sorted { a, b in
      let (left, right) = (
        a.element.mark ?? Mark(line: 0, column: 0), b.element.mark ?? Mark(line: 0, column: 0)
      )
      return left == right ? a.offset < b.offset : left < right
    }.map(\.element)
  }
}
