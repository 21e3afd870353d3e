internal import TextAnalysis

/// What a window's uses say of one term beyond their number.
struct Evidence {
  /// Accounts that are counted: those that did not shout, and of those with nearly the same text one.
  var users: Int
  /// Accounts in each half of the window.
  var firstHalf: Int
  var secondHalf: Int
  /// The first step with a use.
  var firstStep: Int64
  /// Up to three tweets of different accounts, the earliest.
  var examples: [UInt64]
  /// How often it was written in which form.
  var forms: [UInt32: Int]
  /// All tweets that use it, by id.
  var tweets: [UInt64]
  /// The share of the uses that the three loudest accounts have.
  var concentration: Double
  /// The squares of the accounts' uses, summed: what the error of a sample comes from.
  var squares: Double
  /// Whether those who have a vote repeat themselves so much that few stand behind many uses.
  var isRepeated: Bool

  /// How many of its tweets `other` has too.
  func shared(with other: Evidence) -> Int {
    var shared = 0
    var place = 0
    for id in tweets {
      while place < other.tweets.count, other.tweets[place] < id { place += 1 }
      if place < other.tweets.count, other.tweets[place] == id { shared += 1 }
    }
    return shared
  }

  /// Whether the halves differ by more than chance would have it (one standard deviation of a difference of counts).
  var stage: Trend.Stage {
    let difference = Double(secondHalf - firstHalf)
    let deviation = Double(secondHalf + firstHalf).squareRoot()
    return difference > deviation ? .rising : difference < -deviation ? .fading : .peak
  }
}

/// Gathers the evidence of one term, in the order of steps.
struct EvidenceBuilder {
  /// An account that uses a term more often than this within a window has no vote: a campaign, or a machine.
  static let mostUses = 10
  /// With more uses than this for each account with a vote a term is repeated, not spread.
  static let mostUsesEach = 3

  /// A half of the window; the middle one of an odd number of steps lies in neither.
  enum Half {
    case first, second

    /// The half in which step `index` of `steps` lies.
    static func of(_ index: Int64, of steps: Int64) -> Half? {
      index * 2 + 1 == steps ? nil : index * 2 < steps ? .first : .second
    }
  }

  private struct Account {
    var uses = 0
    var inFirstHalf = false
    var inSecondHalf = false
    /// Its first tweet, and that one's text.
    var id: UInt64
    var text: UInt64
  }
  private var accounts: [UInt64: Account] = [:]
  private var firstStep = Int64.max
  private var forms: [UInt32: Int] = [:]
  private var tweets: [UInt64] = []

  mutating func add(_ use: StepUses.Tweet, form: UInt32, step: Int64, half: Half?) {
    forms[form, default: 0] += 1
    tweets.append(use.id)
    firstStep = min(firstStep, step)
    var account = accounts[use.voter] ?? Account(id: use.id, text: use.text)
    account.uses += 1
    switch half {
    case .first: account.inFirstHalf = true
    case .second: account.inSecondHalf = true
    case nil: break
    }
    // Within a step the order of arrival must not show.
    if (use.id, use.text) < (account.id, account.text) {
      account.id = use.id
      account.text = use.text
    }
    accounts[use.voter] = account
  }

  consuming func evidence() -> Evidence {
    // Two accounts of one tweet are an error of the input; still the order of a hash table must not show.
    let voting = accounts.filter { $0.value.uses <= Self.mostUses }
      .sorted { ($0.value.id, $0.key) < ($1.value.id, $1.key) }.map(\.value)
    let kept = NearDuplicates.firsts(voting.map(\.text))
    var ids: [UInt64] = []
    for id in tweets.sorted() where id != ids.last { ids.append(id) }
    let loudest = accounts.values.map(\.uses).sorted(by: >)
    let uses = loudest.reduce(0, +)
    return Evidence(
      users: kept.count, firstHalf: voting.count { $0.inFirstHalf },
      secondHalf: voting.count { $0.inSecondHalf },
      firstStep: firstStep, examples: kept.prefix(3).map { voting[$0].id }, forms: forms, tweets: ids,
      concentration: Double(loudest.prefix(3).reduce(0, +)) / Double(max(uses, 1)),
      squares: loudest.reduce(0.0) { $0 + Double($1) * Double($1) },
      isRepeated: voting.reduce(0) { $0 + $1.uses } > Self.mostUsesEach * voting.count)
  }
}
