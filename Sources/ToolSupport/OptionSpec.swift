internal import Bytes

/// One option of a tool, as data: parsing, `--help`, man pages and completions all read this.
public struct OptionSpec: Sendable {
  /// How many values follow it.
  public enum Arity: String, Sendable {
    /// A switch.
    case none
    /// One value; the last one given counts.
    case one
    /// One value each time it is given; all count.
    case repeated
    /// All that follows up to the next option.
    case many
  }

  /// What a value names, so that a pipeline knows the files of a command: nothing, a file that is read, one that is
  /// written whole, a folder that the tool keeps, or a state that is read first and replaced at the end.
  public enum Role: String, Sendable { case plain, reads, writes, folder, updates }

  /// Without dashes.
  public let name: String
  /// One letter without its dash.
  public let short: String?
  /// The placeholder in help: `FILE`.
  public let value: String?
  /// How many values.
  public let arity: Arity
  /// The allowed values; empty when any will do.
  public let choices: [String]
  /// What the value names.
  public let role: Role
  /// One or two sentences, with the default.
  public let help: String

  /// An option with one value, or a switch when `value` is nil.
  public init(
    _ name: String, short: String? = nil, value: String? = nil, arity: Arity? = nil, choices: [String] = [],
    role: Role = .plain, help: String
  ) {
    self.name = name
    self.short = short
    self.value = value ?? (choices.isEmpty ? nil : choices.joined(separator: "|"))
    self.arity = arity ?? (self.value == nil ? .none : .one)
    self.choices = choices
    self.role = role
    self.help = help
  }
}

/// All that is to know about a tool without running it.
public struct ToolDescription: Sendable {
  /// The executable's name.
  public var name: String
  /// One line.
  public var summary: String
  /// The operands in the usage line: `[FILE…]`.
  public var operands: String
  /// One or two paragraphs.
  public var details: String
  /// Command and what it shows.
  public var examples: [(command: String, meaning: String)]
  /// What it costs in memory.
  public var memory: String
  /// Its own options, before those that all tools share.
  public var options: [OptionSpec]
  /// Whether it asks `CommitGate` before it publishes its folder or its state.
  public var asksGate = false
  /// Whether an operand may begin with a dash, as the query `-is:retweet` does: short options then stand alone.
  public var dashOperands = false

  /// A description.
  public init(
    name: String, summary: String, operands: String, details: String,
    examples: [(command: String, meaning: String)], memory: String, options: [OptionSpec],
    asksGate: Bool = false, dashOperands: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.details = details
    self.examples = examples
    self.memory = memory
    self.options = options
    self.asksGate = asksGate
    self.dashOperands = dashOperands
  }

  /// Its own options and the shared ones.
  public var allOptions: [OptionSpec] { options + Self.shared }

  /// What `--describe` prints for `pipeline`: one tab-separated line an option, so that a pipeline knows which files a
  /// command reads and writes. `Pipelines.ToolSignature` reads it.
  public var signature: String {
    var out = "operands\t\(operands.holds("FILE") ? OptionSpec.Role.reads.rawValue : "plain")\n"
    if asksGate { out += "gate\tyes\n" }
    for option in allOptions {
      let fields = [option.name, option.short ?? "", option.arity.rawValue, option.role.rawValue]
      out += "option\t" + fields.joined(separator: "\t") + "\n"
    }
    return out
  }

  /// What every tool understands.
  public static let shared: [OptionSpec] = [
    OptionSpec(
      "threads", value: "N", help: "Threads to use; the output is the same at any number. Default: all cores."
    ),
    OptionSpec("stats", value: "FILE", role: .writes, help: "Write the ledger as one JSON object."),
    OptionSpec(
      "metrics", value: "FILE", role: .writes, help: "Write the ledger as an OpenMetrics text file."),
    OptionSpec("quiet", short: "q", help: "Say nothing but errors on standard error."),
    OptionSpec("verbose", short: "v", help: "Say more on standard error."),
    OptionSpec(
      "progress", choices: ["auto", "always", "never"],
      help: "Show a progress line on standard error. Default: auto, on a terminal."),
    OptionSpec(
      "color", choices: ["auto", "always", "never"],
      help: "Use colours. Default: auto, on a terminal and without NO_COLOR."),
    OptionSpec("help", short: "h", help: "Show this text."),
    OptionSpec("version", help: "Show the version."),
  ]

  /// The option for one output of records.
  public static let output = OptionSpec(
    "output", short: "o", value: "FILE", role: .writes,
    help: "Write to FILE, which appears whole or not at all. Default: standard output.")
}
