internal import Bytes
internal import IndexBuilding
internal import ToolSupport

/// `--shards N`, `--shard i/N` and `--shard-by`.
enum ShardOptions {
  static func sharding(_ arguments: Arguments) throws -> Sharding {
    let key = Sharding.Key(rawValue: arguments.value("shard-by") ?? "id") ?? .id
    if let text = arguments.value("shard") {
      if arguments.has("shards") {
        throw ToolError(.usage, "--shard builds one, --shards all: one of the two")
      }
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let index = Quantities.integer(String(parts[0])),
        let count = Quantities.integer(String(parts[1])), (1...Sharding.most).contains(count), index < count
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
    return .none
  }

  /// The folders that are built. - Throws: status 2 where the folder has shards of another number.
  static func folders(_ path: String, _ sharding: Sharding) throws -> [String] {
    if sharding == .none { return [path] }
    if sharding.only == nil, try Syscalls.status(path)?.isDirectory == true {
      let known = try Syscalls.list(path).filter { $0.hasPrefix("shard-") }
      if let other = known.sorted().last, !known.isEmpty, known.count != sharding.count {
        throw ToolError(
          .usage, "\(path): has \(known.count) shards up to \(other), not \(sharding.count)",
          hint: "a tweet must stay in its shard: name as many, or build another folder")
      }
    }
    return sharding.built.map { Paths.join(path, Sharding.folder($0)) }
  }
}
