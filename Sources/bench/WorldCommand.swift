internal import Bytes
internal import SyntheticWorld
internal import ToolSupport

/// `bench world`: writes a seeded synthetic world.
enum WorldCommand: ToolCommand {
  static let description = ToolDescription(
    name: "bench world", summary: "write a made-up Twitter and the truth about it", operands: "",
    details: """
      Writes tweets, an API v2 page, an account archive, a table, a nested dump, a follow graph and truth.ndjson, which
      says what is in them: planted bursts, duplicates, deletions, rejects, and the counts that ingest must find.
      One seed and size give the same bytes on every run.
      """,
    examples: [
      ("bench world --out samples", "the world that is checked in"),
      ("bench world --seed 7 --tweets 1000000 --out build/world", "a million tweets, 2.5 GB of JSON"),
    ],
    memory: "About 100 bytes a tweet, and 25 MB.",
    options: [
      OptionSpec("seed", value: "N", help: "What distinguishes worlds of one size. Default: 2021."),
      OptionSpec("tweets", value: "N", help: "How many tweets, duplicates not counted. Default: 5000."),
      OptionSpec("out", value: "DIR", role: .folder, help: "The folder to write into; made if missing."),
      OptionSpec("plain", help: "Write tweets.ndjson instead of tweets.ndjson.zst."),
    ])

  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    guard let folder = context.arguments.value("out") else {
      throw ToolError(.usage, "option --out DIR is missing")
    }
    let tweets = try context.arguments.integer("tweets", in: 1000...1_000_000_000) ?? 5000
    let world = World(seed: UInt64(try context.arguments.integer("seed") ?? 2021), tweets: tweets)
    var progress = Progress(program: "bench world", total: nil, isShown: context.showsProgress)
    try world.write(into: folder, compressed: !context.arguments.has("plain")) {
      progress.update(records: $0, bytes: 0)
    }
    progress.finish()
    return .done
  }
}
