internal import Bytes

/// A small, made-up Twitter: three days of tweets in a dozen languages, with everything that real dumps hold and with
/// planted events, written as files together with the truth about them.
///
/// One seed and size give the same bytes on every run and machine. Nothing in it is anyone's.
public struct World: Sendable {
  /// What distinguishes worlds of one size.
  public let seed: UInt64
  /// How many tweets, duplicates not counted.
  public let tweets: Int
  private let people: Population
  private let grammar: TextGrammar

  /// Makes the people and their words. Memory: about 100 bytes a tweet, and 25 MB.
  public init(seed: UInt64, tweets: Int) {
    self.seed = seed
    self.tweets = tweets
    let words = Language.allCases.map { Vocabulary($0) }
    grammar = TextGrammar(words: words)
    people = Population(seed: seed, tweets: tweets, words: words)
  }

  /// Files beside the dump are kept small whatever the world's size.
  private static let partSize = 120

  // What the small files are made of, picked while the dump is written.
  private struct Parts {
    var page: [TweetPlan] = []
    var table: [TweetPlan] = []
    var own: [TweetPlan] = []
    var hours: [ByteBufferBox] = []
  }

  private final class ByteBufferBox {
    var bytes: [UInt8] = []
    var records = 0
    var deletes = 0
  }

  /// Writes every file into `folder`, which is made if missing; each appears whole.
  ///
  /// - Parameters:
  ///   - compressed: whether the dump is `tweets.ndjson.zst` or `tweets.ndjson`.
  ///   - progress: is told the number of tweets so far, now and then.
  /// - Throws: `SystemError`, `ContainerError`.
  public func write(into folder: String, compressed: Bool, progress: (Int) -> Void = { _ in }) throws {
    try Syscalls.makeDirectories(folder)
    let name = compressed ? "tweets.ndjson.zst" : "tweets.ndjson"
    let level: Int32 = tweets <= 20_000 ? 19 : 3
    var file = try RecordFile(Paths.join(folder, name), level: level)
    var lines = LineWriter(people: people, grammar: grammar)
    var buffer = ByteBuffer(capacity: 1 << 21)
    var truth = Truth()
    var parts = Parts()
    var planner = Planner(seed: seed, tweets: tweets, people: people)
    var emitter = Emitter(seed: seed)
    let archiveOwner = people.byPlace[Place.index("457b4814b4240d87")][0]
    func emit(_ emission: Emission) {
      truth.see(emission)
      let start = buffer.count
      lines.write(emission, into: &buffer)
      pick(emission, buffer.span.extracting(start..<buffer.count), archiveOwner, truth.counts, &parts)
    }
    var plans: [TweetPlan] = []
    for minute in 0..<WorldTime.minutes {
      planner.plan(minute: minute, into: &plans)
      for plan in plans {
        emitter.take(plan, emit)
        if buffer.count >= 1 << 20 {
          try file.write(buffer.span)
          buffer.removeAll()
        }
      }
      if minute % 16 == 0 { progress(truth.counts.tweets) }
    }
    emitter.finish(emit)
    try file.write(buffer.span)
    try file.commit()
    try writeOthers(parts, archiveOwner, truth, name, folder)
  }

  /// Every so-many-th tweet goes into the page and the table, and stretches of the dump into the nested tar.
  private func pick(
    _ emission: Emission, _ line: Span<UInt8>, _ owner: Int32, _ counts: Truth.Counts, _ parts: inout Parts
  ) {
    let isDelete: Bool
    switch emission {
    case .tweet(let plan):
      isDelete = false
      let step = max(1, tweets / (2 * Self.partSize))
      if counts.tweets % (2 * step) == 0 { parts.page.append(plan) }
      if counts.tweets % (2 * step) == step { parts.table.append(plan) }
      if plan.core.author == owner && parts.own.count < Self.partSize { parts.own.append(plan) }
    case .delete: isDelete = true
    default: return
    }
    // Six stretches, evenly spread over the world.
    let stretch = max(1, tweets / 6)
    let inside = counts.tweets % stretch
    guard inside > 0, inside <= Self.partSize, counts.tweets / stretch < 6 else { return }
    while parts.hours.count <= counts.tweets / stretch { parts.hours.append(ByteBufferBox()) }
    let hour = parts.hours[counts.tweets / stretch]
    hour.bytes += line.array
    hour.records += 1
    if isDelete { hour.deletes += 1 }
  }

  private func writeOthers(_ parts: Parts, _ owner: Int32, _ truth: Truth, _ dump: String, _ folder: String)
    throws
  {
    var page = ByteBuffer()
    var pages = PageWriter(people: people, grammar: grammar)
    pages.write(parts.page, into: &page)
    try save(page.span.array, folder, "page-v2.json")
    var archives = ArchiveWriter(people: people, grammar: grammar)
    var table = ByteBuffer()
    archives.table(parts.table, into: &table)
    try save(table.span.array, folder, "tweets.csv")
    try save(try Container.pack(archives.members(owner, parts.own), as: .zip), folder, "account.zip")
    var members: [(name: String, bytes: [UInt8])] = []
    for (index, hour) in parts.hours.enumerated() {
      let format = index % 2 == 0 ? Container.Format.gzip : .bzip2
      let inner = try Container.pack([("", hour.bytes)], as: format)
      members.append(("2021/06/\(18 + index / 2)/0\(index).json.\(index % 2 == 0 ? "gz" : "bz2")", inner))
    }
    try save(try Container.pack(members, as: .tar), folder, "dump.tar")
    try saveFollows(folder)
    let others = [
      (file: "page-v2.json", records: parts.page.count, deletes: 0),
      (file: "tweets.csv", records: parts.table.count, deletes: 0),
      (file: "account.zip", records: parts.own.count, deletes: 0),
      (
        file: "dump.tar", records: parts.hours.reduce(0) { $0 + $1.records },
        deletes: parts.hours.reduce(0) { $0 + $1.deletes }
      ),
    ]
    let facts = truth.write(seed: seed, file: dump, others: others, people: people)
    try save(facts.span.array, folder, "truth.ndjson")
  }

  private func saveFollows(_ folder: String) throws {
    var file = try AtomicFile(Paths.join(folder, "follows.tsv"))
    var buffer = ByteBuffer(capacity: 1 << 20)
    for index in people.accounts.indices {
      for edge in people.starts[index]..<people.starts[index + 1] {
        buffer.append(decimal: people.accounts[index].id)
        buffer.append("\t")
        buffer.append(decimal: people.accounts[Int(people.followees[edge])].id)
        buffer.append("\n")
      }
      if buffer.count > 1 << 19 {
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    try file.write(buffer.span)
    try file.commit()
  }

  private func save(_ bytes: [UInt8], _ folder: String, _ name: String) throws {
    var file = try AtomicFile(Paths.join(folder, name))
    try file.write(bytes.span)
    try file.commit()
  }
}
