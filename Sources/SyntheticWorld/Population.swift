internal import Bytes

/// Someone of the world.
struct Account: Sendable {
  var id: UInt64
  /// When the account was opened, in ms since 1970.
  var created: Int64
  var place: Int
  var language: Language
  /// One of the accounts that push campaigns.
  var isSpammer: Bool
  var isProtected: Bool
  var isVerified: Bool
  var followers: Int
  var following: Int
  var posts: Int
  var username: [UInt8]
  var name: [UInt8]
}

/// All accounts and who follows whom. Account numbers are positions in `accounts`.
///
/// Memory: about 200 bytes an account, and 4 bytes a follow.
struct Population: Sendable {
  /// All of them; the spammers are the last.
  private(set) var accounts: [Account] = []
  /// The normal accounts of each place, the busiest first.
  private(set) var byPlace: [[Int32]] = []
  /// Whom each account follows: `followees[starts[a]..<starts[a + 1]]`, ascending.
  private(set) var followees: [UInt32] = []
  private(set) var starts: [Int] = [0]
  /// How many of the accounts are spammers.
  static let spammers = 12

  /// The people of a world of `tweets` tweets: one account for five, at least 300.
  init(seed: UInt64, tweets: Int, words: [Vocabulary]) {
    var random = SplitMix64(seed ^ 0x706F_7075)
    let count = max(300, tweets / 5) + Self.spammers
    byPlace = Array(repeating: [], count: Place.all.count)
    let weight = Place.all.reduce(0) { $0 + $1.weight }
    for index in 0..<count {
      var draw = random.below(weight)
      var place = 0
      while draw >= Place.all[place].weight {
        draw -= Place.all[place].weight
        place += 1
      }
      // Every place has people, also in a small world.
      if index < Place.all.count { place = index }
      let isSpammer = index >= count - Self.spammers
      accounts.append(Self.account(index, place: place, isSpammer: isSpammer, words: words, &random))
      if !isSpammer { byPlace[place].append(Int32(index)) }
    }
    connect(&random)
  }

  private static func account(
    _ index: Int, place: Int, isSpammer: Bool, words: [Vocabulary], _ random: inout SplitMix64
  ) -> Account {
    var share = random.below(100)
    var language = Place.all[place].languages[0].language
    for entry in Place.all[place].languages {
      if share < entry.percent {
        language = entry.language
        break
      }
      share -= entry.percent
    }
    // Accounts of before 2016 have small serial ids, later ones snowflakes: both shapes occur.
    let age = Int64(isSpammer ? 5 + random.below(30) : 40 + random.below(4400)) * 86_400_000
    let created = WorldTime.start - age + Int64(random.below(86_400)) * 1000
    let isOld = created < 1_451_606_400_000
    let id =
      isOld
      ? UInt64(1000 + index * 3571 + random.below(3000))
      : UInt64(created - WorldTime.snowflakeEpoch) << 22 | UInt64(index & 0x3F_FFFF)
    return Account(
      id: id, created: created, place: place, language: isSpammer ? .en : language, isSpammer: isSpammer,
      isProtected: !isSpammer && random.chance(25), isVerified: !isSpammer && random.chance(15), followers: 0,
      following: 0, posts: 20 + random.skewed(60_000), username: username(index, isSpammer, words, &random),
      name: name(language, words, &random))
  }

  /// Unique by the number at its end; at most 15 characters.
  private static func username(
    _ index: Int, _ isSpammer: Bool, _ words: [Vocabulary], _ random: inout SplitMix64
  ) -> [UInt8] {
    var text = ByteBuffer()
    if isSpammer { text.append("deal") }
    let english = words[Int(Language.en.rawValue)]
    english.append(english.headCount + random.below(700), to: &text)
    text.truncate(to: min(text.count, 8))
    if random.chance(300) { text.append("_") }
    text.append(decimal: UInt64(index))
    return text.span.array
  }

  private static func name(_ language: Language, _ words: [Vocabulary], _ random: inout SplitMix64) -> [UInt8]
  {
    let vocabulary = words[Int(language.rawValue)]
    var text = ByteBuffer()
    for part in 0..<2 {
      if part > 0 { text.append(" ") }
      vocabulary.append(vocabulary.headCount + random.below(900), to: &text)
    }
    if random.chance(120) { text.append(Emoji.all[random.below(Emoji.all.count)]) }
    return text.span.array
  }

  /// Follows: how many is skewed, whom is Zipfian by a fame that is no account's number.
  private mutating func connect(_ random: inout SplitMix64) {
    let zipf = Zipf(count: accounts.count)
    var fame = Array(0..<UInt32(accounts.count))
    for index in stride(from: fame.count - 1, to: 0, by: -1) { fame.swapAt(index, random.below(index + 1)) }
    var followers = Array(repeating: 0, count: accounts.count)
    for index in accounts.indices {
      let wanted = accounts[index].isSpammer ? 40 : 1 + random.skewed(60)
      var chosen: Set<UInt32> = []
      for _ in 0..<wanted {
        let target = fame[zipf.draw(&random)]
        if target != UInt32(index) { chosen.insert(target) }
      }
      for target in chosen.sorted() {
        followees.append(target)
        followers[Int(target)] += 1
      }
      starts.append(followees.count)
      accounts[index].following = chosen.count * 7 + random.below(40)
    }
    // The graph is the part of the real followers that lives in this world.
    for index in accounts.indices { accounts[index].followers = followers[index] * 23 + random.below(23) }
  }
}
