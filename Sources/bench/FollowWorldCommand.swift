internal import SyntheticWorld
internal import ToolSupport

/// `bench follow-world`: writes a seeded follow graph of any size.
enum FollowWorldCommand: ToolCommand {
  static let description = ToolDescription(
    name: "bench follow-world", summary: "write a made-up follow graph of any size", operands: "",
    details: """
      Writes follows.tsv, "follower followee" a line: followers by a power law of exponent 2.33, the edges of an account
      together, none twice; and with --tweets activity.ndjson: tweets, replies, retweets, deletes, and changes of the
      graph. One seed and size give the same bytes on every run and machine.
      """,
    examples: [
      ("bench follow-world --out build/graph", "15 million follows of a million accounts, 400 MB"),
      ("bench follow-world --tweets 2000000 --out build/graph", "the same, and what they write in two days"),
    ],
    memory: "12 bytes an account, 16 a tweet.",
    options: [
      OptionSpec("seed", value: "N", help: "What distinguishes graphs of one size. Default: 2023."),
      OptionSpec("users", value: "N", help: "Accounts. Default: 1000000."),
      OptionSpec("edges", value: "N", help: "Follows. Default: 15 an account."),
      OptionSpec("tweets", value: "N", help: "Records of activity.ndjson. Default: none, and no file."),
      OptionSpec("out", value: "DIR", role: .folder, help: "The folder to write into; made if missing."),
    ])

  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    guard let folder = arguments.value("out") else { throw ToolError(.usage, "option --out DIR is missing") }
    let users = try arguments.integer("users", in: 1000...20_000_000) ?? 1_000_000
    let edges = try arguments.integer("edges", in: 0...FollowWorld.mostEdges(users)) ?? 15 * users
    let world = FollowWorld(
      seed: UInt64(try arguments.integer("seed") ?? 2023), users: users, edges: edges)
    try world.write(into: folder)
    if let records = try arguments.integer("tweets", in: 0...100_000_000) {
      try world.writeActivity(records, into: folder)
    }
    return .done
  }
}
