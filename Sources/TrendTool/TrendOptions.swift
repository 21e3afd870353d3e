internal import ToolSupport
internal import Trends

/// The settings that a command line asks for.
enum TrendOptions {
  /// - Throws: `ToolError(.usage)`, with the nearest name where one is unknown.
  static func settings(_ arguments: Arguments) throws -> TrendSettings {
    var settings = TrendSettings()
    settings.window = try arguments.duration("window") ?? settings.window
    settings.step = try arguments.duration("step") ?? min(settings.step, settings.window)
    settings.baseline = try arguments.duration("baseline") ?? settings.baseline
    settings.lateness = try arguments.duration("lateness") ?? settings.lateness
    for name in ["window", "step", "baseline"] where try arguments.duration(name) == 0 {
      throw ToolError(.usage, "option --\(name): expected a time above 0")
    }
    if let levels: [TrendLevel] = try names(
      arguments, "by", { name in TrendLevel.allCases.first { $0.name == name } },
      TrendLevel.allCases.map(\.name))
    {
      settings.levels = Set(levels)
    }
    if let kinds: [TrendKind] = try names(
      arguments, "kind", { name in TrendKind.allCases.first { $0.name == name } },
      TrendKind.allCases.map(\.name))
    {
      settings.kinds = Set(kinds)
    }
    settings.top = try arguments.integer("top", in: 1...1_000_000) ?? settings.top
    settings.minimumCount = try arguments.integer("min-count", in: 1...1_000_000_000) ?? settings.minimumCount
    settings.minimumUsers = try arguments.integer("min-users", in: 1...1_000_000_000) ?? settings.minimumUsers
    if let text = arguments.value("fdr") {
      guard let rate = Double(text), rate > 0, rate < 1 else {
        throw ToolError(.usage, "option --fdr: expected a share between 0 and 1, found \"\(text)\"")
      }
      settings.falseDiscoveryRate = rate
    }
    settings.memory = try arguments.byteCount("memory") ?? settings.memory
    if let problem = settings.problem { throw ToolError(.usage, problem) }
    return settings
  }

  private static func names<Name>(
    _ arguments: Arguments, _ option: String, _ parse: (String) -> Name?, _ known: [String]
  ) throws -> [Name]? {
    guard let text = arguments.value(option) else { return nil }
    return try text.split(separator: ",").map { part in
      if let name = parse(String(part)) { return name }
      throw ToolError(
        .usage, "option --\(option): unknown name \"\(part)\"",
        hint: "one of \(known.joined(separator: ", "))")
    }
  }
}
