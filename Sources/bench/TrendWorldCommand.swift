internal import SyntheticWorld
internal import ToolSupport

/// `bench trend-world`: writes a seeded world with planted bursts, to measure trend detectors by.
enum TrendWorldCommand: ToolCommand {
  static let description = ToolDescription(
    name: "bench trend-world", summary: "write a made-up nine days with planted trends, and the labels",
    operands: "",
    details: """
      Writes tweets.ndjson (canonical records, in order of time) and labels.ndjson: bursts that a detector should find in
      the last two days, and decoys that it should not (weekly and daily habits, falls, bots, copied texts).
      One seed and size give the same bytes on every run.
      """,
    examples: [
      ("bench trend-world --out build/trends", "the world of `make bench`"),
      ("bench trend-world --bursts 0 --decoys 0 --out build/quiet", "one in which every trend is false"),
    ],
    memory: "About 100 bytes a tweet, and 25 MB.",
    options: [
      OptionSpec("seed", value: "N", help: "What distinguishes worlds of one size. Default: 2022."),
      OptionSpec("tweets", value: "N", help: "Tweets beside what is planted. Default: 400000."),
      OptionSpec("bursts", value: "N", help: "Bursts to plant. Default: 120."),
      OptionSpec("decoys", value: "N", help: "Decoys to plant. Default: 60."),
      OptionSpec("out", value: "DIR", role: .folder, help: "The folder to write into; made if missing."),
    ])

  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    guard let folder = context.arguments.value("out") else {
      throw ToolError(.usage, "option --out DIR is missing")
    }
    let arguments = context.arguments
    try TrendWorld(
      seed: UInt64(try arguments.integer("seed") ?? 2022),
      tweets: try arguments.integer("tweets", in: 1000...100_000_000) ?? 400_000,
      bursts: try arguments.integer("bursts", in: 0...100_000) ?? 120,
      decoys: try arguments.integer("decoys", in: 0...100_000) ?? 60
    ).write(into: folder)
    return .done
  }
}
