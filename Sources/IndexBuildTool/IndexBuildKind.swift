internal import ToolSupport

/// What a run does; each kind knows few of the options.
enum IndexBuildKind: String, CaseIterable {
  case verify, info, dump, archive, restore
  case addSegments = "add-segments"
  case upkeep, build

  /// The options, beside `--index`, that have a meaning then.
  private var known: Set<String> {
    switch self {
    case .verify, .archive, .restore, .addSegments: []
    case .info, .dump: ["output"]
    case .upkeep: ["merge", "gc", "purge", "dry-run", "counters", "keep-for"]
    case .build:
      [
        "commit-every", "replace", "counters", "keep-for", "shards", "shard", "shard-by", "rejects",
        "max-rejects",
      ]
    }
  }

  /// What is asked. - Throws: status 2 for two kinds at once, and for what would be read and then ignored.
  static func read(_ arguments: Arguments, _ options: [OptionSpec]) throws -> IndexBuildKind {
    let alone: [IndexBuildKind] = [.verify, .info, .dump, .archive, .restore, .addSegments]
    let request = IndexUpkeep.requests.first { arguments.has($0) }
    var kind = IndexBuildKind.build
    var name = "records"
    if let asked = alone.first(where: { arguments.has($0.rawValue) }) {
      (kind, name) = (asked, "--" + asked.rawValue)
    } else if let request {
      (kind, name) = (.upkeep, "--" + request)
    } else if arguments.has("dry-run") {
      throw ToolError(.usage, "--dry-run goes with --merge, --gc or --purge")
    }
    for option in options where option.name != "index" && option.name != kind.rawValue {
      guard arguments.has(option.name), !kind.known.contains(option.name) else { continue }
      throw ToolError(
        .usage, "option --\(option.name) does not go with \(name)",
        hint: kind == .build ? nil : "ask for it in a run of its own")
    }
    if kind == .upkeep && arguments.has("dry-run") {
      for option in ["counters", "keep-for"] where arguments.has(option) {
        throw ToolError(.usage, "option --\(option) does not go with --dry-run: it would change the index")
      }
    }
    if kind == .upkeep && !arguments.operands.isEmpty {
      throw ToolError(.usage, "--merge, --gc and --purge add no records", hint: "add them in a run before")
    }
    if kind != .build && kind != .addSegments, let word = arguments.operands.first {
      throw ToolError(.usage, "\(name) reads no records, found \"\(TerminalText.safe(word))\"")
    }
    return kind
  }
}
