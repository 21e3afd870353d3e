internal import TimelineBuilding
internal import Timelines
internal import ToolSupport

/// What the command line says of how timelines are made.
enum FanoutOptions {
  /// What the options of timelines are, in the order of `--help`.
  static let all: [OptionSpec] = [
    OptionSpec(
      "store", short: "s", value: "DIR", role: .folder,
      help: "The timeline store, made when it is not there; this run's input is added to it in one commit."),
    OptionSpec(
      "push-below", value: "N",
      help: """
        Authors with fewer followers are pushed, the others pulled when a timeline is read. The answer is the same. \
        Default: 10000.
        """),
    OptionSpec("cap", value: "N", help: "The most tweets that a timeline keeps. Default: 800."),
    OptionSpec(
      "active-days", value: "N",
      help: """
        Push nothing to users who did nothing for N days before the newest event: their timelines are built when they \
        are read. Default: push to all.
        """),
    OptionSpec(
      "shard", value: "i/N",
      help: "Make the timelines of one part of the users only (XXH64 of the id); N stores answer as one."),
  ]

  /// The settings. - Throws: status 2.
  static func settings(_ context: ToolContext) throws -> FanoutSettings {
    let arguments = context.arguments
    var settings = FanoutSettings()
    settings.threads = context.threads
    if let number = try arguments.integer("push-below") { settings.pushBelow = number }
    if let number = try arguments.integer("cap", in: 1...100_000) { settings.cap = number }
    if let days = try arguments.integer("active-days", in: 0...36_500) {
      settings.activeFor = Int64(days) * 86_400_000
    }
    if let text = arguments.value("shard") {
      guard let shard = Shard(text) else {
        throw ToolError(
          .usage, "option --shard: expected i/N with 0 ≤ i < N ≤ 4096, found \"\(text)\"",
          hint: "--shard 0/4 is the first of four")
      }
      settings.shard = shard
    }
    return settings
  }
}
