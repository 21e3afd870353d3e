internal import Bytes

/// What is true of a world: written beside it, so that tests can tell whether the tools found out.
struct Truth {
  /// What `ingest` must count in one file, with `--dedupe first`.
  struct Counts {
    var tweets = 0
    var retweets = 0
    var quotes = 0
    var replies = 0
    var exactCopies = 0
    var newerCopies = 0
    var deletes = 0
    var scrubs = 0
    var limits = 0
    var rejects: [Int] = Array(repeating: 0, count: BrokenLine.allCases.count)
    var lines = 0
  }

  var counts = Counts()
  private var languages: [Int] = Array(repeating: 0, count: Language.allCases.count)
  private var burstSizes: [Int] = Array(repeating: 0, count: Burst.all.count)
  private var burstPeople: [Set<Int32>] = Array(repeating: [], count: Burst.all.count)
  private var burstRetweets: [Int] = Array(repeating: 0, count: Burst.all.count)
  private var firstOfBurst: [Int64] = Array(repeating: .max, count: Burst.all.count)
  private var lastOfBurst: [Int64] = Array(repeating: 0, count: Burst.all.count)
  private var spamTweets: [Int32: Int] = [:]
  // By template of `TextGrammar.spam`: texts that differ in a number and an emoji.
  private var clusters: [[UInt64]] = [[], [], []]
  private var notes: [(line: Int, emission: Emission)] = []
  // A large world's truth names this many of its duplicates, deletions and rejects; the counts are always whole.
  private static let noteLimit = 20_000

  mutating func see(_ emission: Emission) {
    counts.lines += 1
    switch emission {
    case .tweet(let plan):
      see(plan)
      return
    case .copy(_, let boost): if boost == 0 { counts.exactCopies += 1 } else { counts.newerCopies += 1 }
    case .delete: counts.deletes += 1
    case .scrubGeo: counts.scrubs += 1
    case .limit:
      counts.limits += 1
      return
    case .broken(let kind, _): counts.rejects[kind.rawValue] += 1
    }
    if notes.count < Self.noteLimit { notes.append((counts.lines, emission)) }
  }

  private mutating func see(_ plan: TweetPlan) {
    counts.tweets += 1
    if plan.retweeted != nil { counts.retweets += 1 }
    if plan.quoted != nil { counts.quotes += 1 }
    if plan.core.replyAuthor >= 0 { counts.replies += 1 }
    languages[Int(plan.core.language.rawValue)] += 1
    guard plan.core.burst >= 0 else { return }
    let burst = Int(plan.core.burst)
    burstSizes[burst] += 1
    burstPeople[burst].insert(plan.core.author)
    if plan.retweeted != nil { burstRetweets[burst] += 1 }
    firstOfBurst[burst] = min(firstOfBurst[burst], plan.core.time)
    lastOfBurst[burst] = max(lastOfBurst[burst], plan.core.time)
    if Burst.all[burst].isSpam {
      spamTweets[plan.core.author, default: 0] += 1
      var random = SplitMix64(plan.core.textSeed)
      clusters[random.below(clusters.count)].append(plan.core.id)
    }
  }

  /// The file: one object a line, `type` first.
  func write(
    seed: UInt64, file: String, others: [(file: String, records: Int, deletes: Int)], people: Population
  )
    -> ByteBuffer
  {
    var out = JSONLines()
    out.begin("world")
    out.field("seed", number: seed)
    out.field("start", time: WorldTime.start)
    out.field("end", time: WorldTime.milliseconds(minute: WorldTime.minutes))
    out.field("users", number: UInt64(people.accounts.count))
    out.field("follows", number: UInt64(people.followees.count))
    out.end()
    ledger(file, &out)
    for other in others {
      out.begin("ledger")
      out.field("file", text: other.file)
      out.field("read", number: UInt64(other.records))
      out.field("written", number: UInt64(other.records))
      out.field("deletes", number: UInt64(other.deletes))
      out.end()
    }
    for language in Language.allCases {
      out.begin("language")
      out.field("lang", text: "\(language.code)")
      out.field("tweets", number: UInt64(languages[Int(language.rawValue)]))
      out.end()
    }
    for index in Burst.all.indices { burst(index, &out) }
    for account in spamTweets.keys.sorted() {
      out.begin("spam_account")
      out.field("user", id: people.accounts[Int(account)].id)
      out.field("username", bytes: people.accounts[Int(account)].username)
      out.field("tweets", number: UInt64(spamTweets[account] ?? 0))
      out.end()
    }
    for ids in clusters {
      out.begin("cluster")
      out.field("tweets", number: UInt64(ids.count))
      out.field("ids", ids: ids.prefix(1000).sorted())
      out.end()
    }
    for note in notes { self.note(note.line, note.emission, people, &out) }
    return out.take()
  }

  private func ledger(_ file: String, _ out: inout JSONLines) {
    let rejected = counts.rejects.reduce(0, +)
    out.begin("ledger")
    out.field("file", text: file)
    out.field("read", number: UInt64(counts.lines))
    out.field("written", number: UInt64(counts.tweets + counts.deletes + counts.scrubs))
    out.field("duplicate", number: UInt64(counts.exactCopies + counts.newerCopies))
    out.field("rejected", number: UInt64(rejected))
    out.field("filtered", number: UInt64(counts.limits))
    out.field("tweets", number: UInt64(counts.tweets))
    out.field("retweets", number: UInt64(counts.retweets))
    out.field("quotes", number: UInt64(counts.quotes))
    out.field("replies", number: UInt64(counts.replies))
    out.field("exact_copies", number: UInt64(counts.exactCopies))
    out.field("newer_copies", number: UInt64(counts.newerCopies))
    out.field("deletes", number: UInt64(counts.deletes))
    out.field("scrub_geos", number: UInt64(counts.scrubs))
    for kind in BrokenLine.allCases {
      out.field("\(kind.reason)", number: UInt64(counts.rejects[kind.rawValue]))
    }
    out.end()
  }

  private func burst(_ index: Int, _ out: inout JSONLines) {
    let burst = Burst.all[index]
    out.begin("burst")
    out.field("term", text: "\(burst.term)")
    out.field("kind", text: burst.kind.rawValue)
    out.field("place", text: "\(burst.reach)")
    out.field("start", time: WorldTime.milliseconds(minute: burst.start))
    out.field("peak", time: WorldTime.milliseconds(minute: burst.peak))
    out.field("end", time: WorldTime.milliseconds(minute: burst.end))
    out.field("first", time: firstOfBurst[index])
    out.field("last", time: lastOfBurst[index])
    out.field("tweets", number: UInt64(burstSizes[index]))
    out.field("retweets", number: UInt64(burstRetweets[index]))
    out.field("users", number: UInt64(burstPeople[index].count))
    out.field("spam", flag: burst.isSpam)
    out.end()
  }

  private func note(_ line: Int, _ emission: Emission, _ people: Population, _ out: inout JSONLines) {
    switch emission {
    case .copy(let plan, let boost):
      out.begin("duplicate")
      out.field("id", id: plan.core.id)
      out.field("kind", text: boost == 0 ? "exact" : "newer")
    case .delete(let core, let at):
      out.begin("delete")
      out.field("id", id: core.id)
      out.field("user", id: people.accounts[Int(core.author)].id)
      out.field("at", time: at)
    case .scrubGeo(let core, let at):
      out.begin("scrub_geo")
      out.field("user", id: people.accounts[Int(core.author)].id)
      out.field("up_to", id: core.id)
      out.field("at", time: at)
    case .broken(let kind, _):
      out.begin("reject")
      out.field("reason", text: "\(kind.reason)")
    case .tweet, .limit: return
    }
    out.field("line", number: UInt64(line))
    out.end()
  }
}

/// A minimal writer of JSON objects, one a line.
struct JSONLines: ~Copyable {
  private var out = ByteBuffer(capacity: 1 << 16)

  mutating func begin(_ type: StaticString) {
    out.append("{\"type\":\"")
    out.append(type)
    out.append("\"")
  }

  mutating func end() { out.append("}\n") }

  private mutating func key(_ name: String) {
    out.append(",\"")
    out.append(string: name)
    out.append("\":")
  }

  mutating func field(_ name: String, number: UInt64) {
    key(name)
    out.append(decimal: number)
  }

  mutating func field(_ name: String, id: UInt64) {
    key(name)
    out.append("\"")
    out.append(decimal: id)
    out.append("\"")
  }

  mutating func field(_ name: String, ids: [UInt64]) {
    key(name)
    for (index, id) in ids.enumerated() {
      out.append(index == 0 ? "[\"" : ",\"")
      out.append(decimal: id)
      out.append("\"")
    }
    out.append("]")
  }

  mutating func field(_ name: String, flag: Bool) {
    key(name)
    out.append(flag ? "true" : "false")
  }

  mutating func field(_ name: String, time: Int64) {
    key(name)
    out.append("\"")
    WorldTime.appendISO(time, to: &out)
    out.append("\"")
  }

  mutating func field(_ name: String, text: String) { field(name, bytes: Array(text.utf8)) }

  mutating func field(_ name: String, bytes: [UInt8]) {
    key(name)
    out.append("\"")
    out.append(escaped: bytes.span)
    out.append("\"")
  }

  /// All lines; the writer is empty afterwards.
  consuming func take() -> ByteBuffer { out }
}
