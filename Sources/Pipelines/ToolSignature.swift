/// What a tool says of its options, so that a pipeline knows the files of a command without being told.
///
/// Tools print it for `--describe`, one tab-separated line an option; see `init(parsing:)`.
public struct ToolSignature: Sendable, Equatable {
  /// What a value names.
  public enum Role: String, Sendable {
    /// No file.
    case plain
    /// A file that is read.
    case reads
    /// A file that is written whole.
    case writes
    /// A folder that the tool keeps: an index, a timeline store.
    case folder
    /// A file that is read first and replaced at the end: a state.
    case updates
  }

  /// How many values follow an option.
  public enum Arity: String, Sendable {
    /// A switch.
    case none
    /// One value.
    case one
    /// One value each time.
    case repeated
    /// All up to the next option.
    case many
  }

  /// One option.
  public struct Option: Sendable, Equatable {
    /// Without dashes.
    public var name: String
    /// One letter, or empty.
    public var short: String
    /// How many values.
    public var arity: Arity
    /// What they name.
    public var role: Role
  }

  /// All options.
  public var options: [Option] = []
  /// What the operands are: files, or something else.
  public var operands = Role.plain
  /// The tool asks `CommitGate` before it commits, so its folder changes only when every stage is done.
  public var asksGate = false

  /// Reads what a tool printed: `operands⇥ROLE`, `gate⇥yes`, and `option⇥NAME⇥SHORT⇥ARITY⇥ROLE` lines. Lines of other
  /// kinds are passed over, so that newer tools work; nil when a known one is malformed.
  public init?(parsing text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields[0] {
      case "operands":
        guard fields.count == 2, let role = Role(rawValue: fields[1]) else { return nil }
        operands = role
      case "gate": asksGate = fields.count == 2 && fields[1] == "yes"
      case "option":
        guard fields.count == 5, let arity = Arity(rawValue: fields[3]), let role = Role(rawValue: fields[4])
        else {
          return nil
        }
        options.append(Option(name: fields[1], short: fields[2], arity: arity, role: role))
      default: continue
      }
    }
  }

  /// A file that a command names, and in which of its words.
  struct Access: Equatable {
    var path: String
    var role: Role
    /// The word, and how many of its bytes stand before the path.
    var word: Int
    var prefix: Int
  }

  /// The files in `words`, of which the first is the program. What the tool itself would refuse is passed over.
  func accesses(in words: [String]) -> [Access] {
    var found: [Access] = []
    var index = 1
    var optionsEnded = false
    func note(_ role: Role, _ path: String, _ word: Int, prefix: Int = 0) {
      if role != .plain && path != "-" && !path.isEmpty {
        found.append(Access(path: path, role: role, word: word, prefix: prefix))
      }
    }
    while index < words.count {
      let word = words[index]
      index += 1
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        note(operands, word, index - 1)
        continue
      }
      if word == "--" {
        optionsEnded = true
        continue
      }
      let isLong = word.hasPrefix("--")
      let name = isLong ? String(word.dropFirst(2).prefix { $0 != "=" }) : String(word.dropFirst().prefix(1))
      guard let option = options.first(where: { isLong ? $0.name == name : $0.short == name }) else {
        continue
      }
      let head = isLong ? 2 + name.utf8.count + (word.contains("=") ? 1 : 0) : 1 + name.utf8.count
      let attached = String(decoding: Array(word.utf8.dropFirst(head)), as: UTF8.self)
      let hasAttached = isLong ? word.contains("=") : !attached.isEmpty
      switch option.arity {
      case .none: continue
      case .one, .repeated:
        if hasAttached {
          note(option.role, attached, index - 1, prefix: head)
        } else if index < words.count {
          note(option.role, words[index], index)
          index += 1
        }
      case .many:
        if hasAttached { note(option.role, attached, index - 1, prefix: head) }
        while index < words.count, !words[index].hasPrefix("-") || words[index] == "-" {
          note(option.role, words[index], index)
          index += 1
        }
      }
    }
    return found
  }
}
