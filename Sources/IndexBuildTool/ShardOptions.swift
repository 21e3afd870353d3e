internal import Bytes
internal import IndexBuilding
internal import ToolSupport

/// `--shards N`, `--shard i/N` and `--shard-by`.
enum ShardOptions {
  static func sharding(_ arguments: Arguments) throws -> Sharding? {
    let key = Sharding.Key(rawValue: arguments.value("shard-by") ?? "id") ?? .id
    if let text = arguments.value("shard") {
      if arguments.has("shards") {
        throw ToolError(.usage, "--shard builds one, --shards all: one of the two")
      }
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let index = Quantities.integer(String(parts[0])),
        let count = Quantities.integer(String(parts[1])), (1...Sharding.most).contains(count),
        (0..<count).contains(index)
      else {
        throw ToolError(
          .usage, "option --shard: expected i/N with i from 0 to N-1, found \"\(text)\"", hint: "--shard 0/4")
      }
      return Sharding(count: count, key: key, only: index)
    }
    if let text = arguments.value("shards") {
      guard let count = Quantities.integer(text), (1...Sharding.most).contains(count) else {
        throw ToolError(
          .usage, "option --shards: expected a number from 1 to \(Sharding.most), found \"\(text)\"")
      }
      return Sharding(count: count, key: key, only: nil)
    }
    if arguments.has("shard-by") { throw ToolError(.usage, "--shard-by goes with --shards or --shard") }
    return nil
  }

  /// The folders that are built; nil is no sharding. - Throws: status 2 where the folder has shards of another number, or is
  /// an index itself.
  static func folders(_ path: String, _ sharding: Sharding?) throws -> [String] {
    guard let sharding else { return [path] }
    if try isIndex(path) {
      throw ToolError(
        .usage, "\(path): is an index, and no folder of shards",
        hint: "its tweets would be in no shard: build the shards in another folder")
    }
    let known = try shards(path)
    // A run that ended before its first commit leaves folders, and nothing in them that counts.
    if sharding.only == nil, let other = known.last, known.count != sharding.count,
      try known.contains(where: { try isIndex(Paths.join(path, $0)) })
    {
      throw ToolError(
        .usage, "\(path): has \(known.count) shards up to \(other), not \(sharding.count)",
        hint: "a tweet must stay in its shard: name as many, or build another folder")
    }
    return sharding.built.map { Paths.join(path, Sharding.folder($0)) }
  }

  /// What of an index is asked for as a whole: its shards one by one, or the folder itself.
  static func whole(_ path: String) throws -> [String] {
    let names = try shards(path)
    return names.isEmpty ? [path] : names.map { Paths.join(path, $0) }
  }

  /// For what is asked of one index. - Throws: status 2 where the folder holds shards.
  static func refuseShards(_ path: String) throws {
    let names = try shards(path)
    guard let first = names.first else { return }
    throw ToolError(
      .usage, "\(path): holds \(names.count) shards, and is no index itself",
      hint: "name one, as -i \(Paths.join(path, first)), or add records with --shards")
  }

  // The names of the shards in a folder that is no index, in order.
  private static func shards(_ path: String) throws -> [String] {
    guard try Syscalls.status(path)?.isDirectory == true, try !isIndex(path) else { return [] }
    return try Syscalls.list(path).filter { $0.hasPrefix("shard-") }.sorted()
  }

  private static func isIndex(_ path: String) throws -> Bool {
    try Syscalls.status(Paths.join(path, "CURRENT")) != nil
  }
}
