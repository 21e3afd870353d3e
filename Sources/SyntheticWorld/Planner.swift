/// Decides what is tweeted in each minute: who, where, in which language, about what, in answer to whom.
struct Planner {
  private let people: Population
  private var random: SplitMix64
  private let background: [Int]
  private let bursts: [[Int]]
  private let placeWeights: [[Int]]
  private var lastTime: Int64 = 0
  private var sequence: UInt64 = 0
  // Recent tweets that may be retweeted, quoted and answered; a ring.
  private var recent: [TweetCore] = []
  private var next = 0
  private var lastOfBurst: [TweetCore?] = Array(repeating: nil, count: Burst.all.count)
  private static let memory = 2048

  init(seed: UInt64, tweets: Int, people: Population) {
    self.people = people
    random = SplitMix64(seed ^ 0x706C_616E)
    let planted = Burst.all.map { max(8, tweets * $0.share / 10_000) }
    let minutes = 0..<WorldTime.minutes
    placeWeights = minutes.map { minute in Place.all.indices.map { Rhythm.weight(place: $0, minute: minute) }
    }
    background = Rhythm.spread(
      max(0, tweets - planted.reduce(0, +)), over: placeWeights.map { $0.reduce(0, +) })
    bursts = zip(Burst.all, planted).map { burst, size in
      Rhythm.spread(size, over: minutes.map { burst.intensity(minute: $0) })
    }
  }

  /// The tweets of one minute, in the order of time. Call it for each minute in turn.
  mutating func plan(minute: Int, into plans: inout [TweetPlan]) {
    plans.removeAll(keepingCapacity: true)
    // -1 is the everyday, others are bursts; the moments are sorted, so that ids rise.
    var moments: [(offset: Int, burst: Int)] = []
    for _ in 0..<background[minute] { moments.append((random.below(60_000), -1)) }
    for burst in bursts.indices {
      for _ in 0..<bursts[burst][minute] { moments.append((random.below(60_000), burst)) }
    }
    moments.sort { ($0.offset, $0.burst) < ($1.offset, $1.burst) }
    for moment in moments {
      let time = WorldTime.milliseconds(minute: minute) + Int64(moment.offset)
      let plan = moment.burst < 0 ? everyday(minute, time) : partOf(moment.burst, time)
      remember(plan, burst: moment.burst)
      plans.append(plan)
    }
  }

  private mutating func everyday(_ minute: Int, _ time: Int64) -> TweetPlan {
    let weights = placeWeights[minute]
    var draw = random.below(weights.reduce(0, +))
    var place = 0
    while draw >= weights[place] {
      draw -= weights[place]
      place += 1
    }
    let author = someone(in: place)
    var core = newTweet(author, time)
    let hour = (Place.all[place].offset + minute + 1440) / 60 % 24
    core.isMorning = hour == 7 || hour == 8
    if random.chance(250) { locate(&core, place) }
    switch random.below(100) {
    case ..<18: if let original = pick(like: core.language) { return retweet(core, of: original) }
    case ..<22:
      if let original = pick(like: core.language) {
        return TweetPlan(core: core, retweeted: nil, quoted: original)
      }
    case ..<40:
      if let parent = pick(like: core.language) {
        core.replyTo = parent.id
        core.replyAuthor = parent.author
        core.conversation = parent.conversation
      }
    case ..<43: core.language = .und
    default: break
    }
    return TweetPlan(core: core, retweeted: nil, quoted: nil)
  }

  private mutating func partOf(_ index: Int, _ time: Int64) -> TweetPlan {
    let burst = Burst.all[index]
    let place: Int
    let author: Int32
    if burst.isSpam {
      author = Int32(people.accounts.count - 1 - random.below(Population.spammers))
      place = people.accounts[Int(author)].place
    } else {
      place =
        burst.places.isEmpty ? random.below(Place.all.count) : burst.places[random.below(burst.places.count)]
      author = anyone(in: place)
    }
    var core = newTweet(author, time)
    if !burst.isSpam, random.chance(800) { locate(&core, place) }
    if !burst.isSpam, random.chance(300), let original = lastOfBurst[index] {
      return retweet(core, of: original)
    }
    core.burst = Int16(index)
    return TweetPlan(core: core, retweeted: nil, quoted: nil)
  }

  private mutating func retweet(_ core: TweetCore, of original: TweetCore) -> TweetPlan {
    var copy = core
    copy.language = original.language
    copy.likes = 0
    copy.retweets = original.retweets
    copy.burst = original.burst
    return TweetPlan(core: copy, retweeted: original, quoted: nil)
  }

  private mutating func newTweet(_ author: Int32, _ time: Int64) -> TweetCore {
    let account = people.accounts[Int(author)]
    sequence = time == lastTime ? sequence + 1 : 0
    lastTime = time
    let worker = UInt64(random.below(48))
    let id = UInt64(time - WorldTime.snowflakeEpoch) << 22 | worker << 16 | sequence & 0xFFFF
    var core = TweetCore(
      id: id, time: time, author: author, language: account.language, textSeed: random.next(),
      conversation: id)
    core.isStream = random.chance(250)
    let reach = 4 + account.followers / 20
    core.likes = random.skewed(reach)
    core.retweets = random.skewed(core.likes)
    core.replies = random.skewed(core.likes / 2)
    core.quotes = random.skewed(core.retweets / 2)
    return core
  }

  private mutating func locate(_ core: inout TweetCore, _ place: Int) {
    core.place = Int16(place)
    core.hasPoint = random.chance(300)
  }

  /// Mostly the busy ones.
  private mutating func someone(in place: Int) -> Int32 {
    let local = people.byPlace[place]
    return local[random.below(3) == 0 ? random.below(local.count) : random.skewed(local.count - 1)]
  }

  /// An event is tweeted about by people who tweet little otherwise, too.
  private mutating func anyone(in place: Int) -> Int32 {
    let local = people.byPlace[place]
    return local[random.below(local.count)]
  }

  /// Of three recent tweets the most liked, in the same language where one is met.
  private mutating func pick(like language: Language) -> TweetCore? {
    if recent.isEmpty { return nil }
    var best: TweetCore?
    for _ in 0..<12 {
      let candidate = recent[random.below(recent.count)]
      guard candidate.language == language else { continue }
      if best.map({ $0.likes < candidate.likes }) ?? true { best = candidate }
    }
    return best
  }

  private mutating func remember(_ plan: TweetPlan, burst: Int) {
    guard plan.retweeted == nil else { return }
    // Protected accounts are not retweeted.
    if people.accounts[Int(plan.core.author)].isProtected { return }
    if burst >= 0 {
      if lastOfBurst[burst] == nil || random.chance(250) { lastOfBurst[burst] = plan.core }
      return
    }
    guard plan.quoted == nil else { return }
    if recent.count < Self.memory { recent.append(plan.core) } else { recent[next] = plan.core }
    next = (next + 1) % Self.memory
  }
}
