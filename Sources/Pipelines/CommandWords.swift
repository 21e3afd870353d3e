internal import YAML

/// A text with variables in it, before they are known.
struct Template: Sendable, Equatable {
  enum Piece: Sendable, Equatable {
    case text(String)
    /// The name, and its offset in code points from the start of the source text.
    case variable(String, at: Int)
  }

  var pieces: [Piece] = []
  /// Where it begins, in code points.
  var offset = 0

  mutating func append(_ scalar: Unicode.Scalar) {
    if case .text(var text) = pieces.last {
      text.unicodeScalars.append(scalar)
      pieces[pieces.count - 1] = .text(text)
    } else {
      pieces.append(.text(String(Character(scalar))))
    }
  }

  /// The text, with what `value` says for each variable.
  func expanded(_ value: (String) -> String?) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .variable(let name, _): value(name) ?? ""
      }
    }.joined()
  }
}

/// Splits commands by the quoting rules of the shell (POSIX.1-2017, Shell Command Language 2.2), without a shell: what
/// only a shell could do is refused with a hint, never passed on in silence.
struct CommandWords {
  /// Something that a command cannot contain, at an offset in code points.
  struct Problem: Equatable {
    var offset: Int
    var expected: String
    var found: String
    var hint: String
  }

  private let source: [Unicode.Scalar]
  private var index = 0
  private(set) var words: [Template] = []
  private(set) var problems: [Problem] = []
  private var word: Template?

  /// Splits `text`; problems are gathered, not thrown.
  init(splitting text: String) {
    source = Array(text.unicodeScalars)
    while index < source.count { step() }
    endWord()
  }

  /// Reads `text` as one word where only `$` means something: paths and values.
  init(value text: String) {
    source = Array(text.unicodeScalars)
    word = Template()
    while index < source.count {
      if source[index] == "$" { dollar() } else { take() }
    }
    endWord()
  }

  private mutating func step() {
    let scalar = source[index]
    switch scalar {
    case " ", "\t", "\n", "\r":
      endWord()
      index += 1
    case "'": singleQuotes()
    case "\"": doubleQuotes()
    case "\\":
      begin()
      index += 1
      if index < source.count {
        take()
      } else {
        problem(index - 1, "a character after the backslash", "the end", "quote it")
      }
    case "$": dollar()
    default:
      if let hint = Self.refusal(scalar, atWordStart: word == nil) {
        problem(index, "a program and its arguments", Fault.shown(String(Character(scalar))), hint)
        index += 1
      } else {
        take()
      }
    }
  }

  /// Why an unquoted character cannot stand in a command; nil when it can.
  private static func refusal(_ scalar: Unicode.Scalar, atWordStart: Bool) -> String? {
    switch scalar {
    case "|": "there is no shell: make it two stages, the second with from:"
    case ">": "there is no shell: say to: FILE"
    case "<": "there is no shell: say in: FILE"
    case "&", ";": "there is no shell: one stage is one command"
    case "(", ")": "there is no shell: quote it to pass it on"
    case "`": "there is no shell: no command substitution"
    case "*", "?", "[": "there is no shell and no globs: name the files, or quote it to pass it on"
    case "~" where atWordStart: "there is no shell: write the folder out"
    case "#" where atWordStart: "there are no comments within a command: quote it to pass it on"
    default: nil
    }
  }

  private mutating func singleQuotes() {
    begin()
    let start = index
    index += 1
    while index < source.count, source[index] != "'" { take() }
    close(start, "'")
  }

  private mutating func doubleQuotes() {
    begin()
    let start = index
    index += 1
    while index < source.count, source[index] != "\"" {
      switch source[index] {
      case "$": dollar()
      case "`":
        problem(
          index, "text", Fault.shown("`"),
          "there is no shell: no command substitution; use single quotes to pass it on")
        index += 1
      case "\\":
        // Within double quotes a backslash only guards these.
        if index + 1 < source.count, "\"\\$`".unicodeScalars.contains(source[index + 1]) { index += 1 }
        take()
      default: take()
      }
    }
    close(start, "\"")
  }

  private mutating func close(_ start: Int, _ quote: String) {
    if index == source.count {
      problem(start, "a closing \(quote)", "the end of the command", "close the quote")
    }
    index += 1
  }

  private mutating func dollar() {
    begin()
    let start = index
    index += 1
    guard index < source.count else { return badDollar(start, "the end") }
    switch source[index] {
    case "$":
      take()
    case "{":
      index += 1
      let name = readName()
      guard !name.isEmpty, index < source.count, source[index] == "}" else {
        return badDollar(start, "\"${\(name)\"")
      }
      index += 1
      word?.pieces.append(.variable(name, at: start))
    case "(":
      problem(
        start, "a program and its arguments", Fault.shown("$("), "there is no shell: no command substitution")
      index += 1
    default:
      let name = readName()
      if name.isEmpty { return badDollar(start, Fault.shown("$" + String(Character(source[index])))) }
      word?.pieces.append(.variable(name, at: start))
    }
  }

  private mutating func badDollar(_ start: Int, _ found: String) {
    problem(start, "a name after $", found, "a dollar itself is written $$")
  }

  private mutating func readName() -> String {
    var name = ""
    while index < source.count {
      let scalar = source[index]
      let isLetter = scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      guard isLetter || !name.isEmpty && ("0"..."9").contains(scalar) else { break }
      name.unicodeScalars.append(scalar)
      index += 1
    }
    return name
  }

  private mutating func begin() {
    if word == nil { word = Template(offset: index) }
  }

  private mutating func take() {
    begin()
    word?.append(source[index])
    index += 1
  }

  private mutating func endWord() {
    if let done = word { words.append(done) }
    word = nil
  }

  private mutating func problem(_ offset: Int, _ expected: String, _ found: String, _ hint: String) {
    problems.append(Problem(offset: offset, expected: expected, found: found, hint: hint))
  }
}
