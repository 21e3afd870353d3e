/// Something planted into a `TrendWorld`: a burst that a detector should find, or a decoy that it should not.
struct TrendPlant: Sendable {
  /// Why a decoy looks like a trend and is none.
  enum Decoy: String, CaseIterable, Sendable {
    /// Comes at this hour of this weekday, every week.
    case weekly
    /// Comes at this hour every day.
    case daily
    /// Was common for a week and stops.
    case fall
    /// Very many tweets of very few accounts.
    case bots
    /// Many accounts, one text.
    case copies
  }

  enum Kind: String, Sendable { case hashtag, cashtag, phrase }

  /// Nil for a burst.
  var decoy: Decoy?
  var kind = Kind.hashtag
  /// Without its sign; of a phrase two words with a blank.
  var term: [UInt8] = []
  /// Places whose people take part, and what a trend should call them: `world`, `country:XX`, `place:ID`.
  var places: [Int] = []
  var reach: [UInt8] = []
  /// Minutes of the world.
  var start = 0
  var peak = 0
  var end = 0
  /// Tweets of one occurrence.
  var size = 0
  /// 0: rises and falls evenly; 1: all at once, then a decay; 2: two peaks.
  var shape = 0
  /// Days, counted from `start`'s, on which the same was seen before: past spikes of a burst, the habit of a decoy.
  var earlierDays: [Int] = []
  /// How many times larger it was then, in percent.
  var earlierSize = 100
  /// Accounts that take part; 0 for anybody.
  var accounts = 0

  /// Its intensity in a minute of its own, in arbitrary units.
  func intensity(_ minute: Int) -> Int {
    guard minute >= start, minute < end else { return 0 }
    let linear =
      minute < peak
      ? 1 + 1000 * (minute - start) / max(peak - start, 1) : 1 + 1000 * (end - minute) / max(end - peak, 1)
    switch shape {
    case 0: return linear
    case 1: return minute < peak ? linear : linear * linear / 1000 + 1
    default:
      let third = (end - start) / 3
      return (start + third..<start + 2 * third).contains(minute) ? linear / 6 + 1 : linear
    }
  }
}

/// Chooses what is planted. Sizes, lengths, shapes, places, kinds and hours take turns, so that every mixture occurs.
struct TrendPlanner {
  private var random: SplitMix64
  private let words: Vocabulary
  /// Days before the two that are tested.
  static let baselineDays = 7
  static let days = 9
  private static let sizes = [12, 20, 35, 60, 120, 250, 600, 1500]
  private static let lengths = [30, 60, 120, 240, 480, 720]

  init(seed: UInt64, words: Vocabulary) {
    random = SplitMix64(seed ^ 0x706C_616E)
    self.words = words
  }

  /// `count` bursts. `known` gives the name of a background tag by rank.
  mutating func bursts(_ count: Int, known: (Int) -> [UInt8]) -> [TrendPlant] {
    (0..<count).map { index in
      var plant = TrendPlant()
      plant.size = Self.sizes[index % Self.sizes.count]
      plant.shape = index / Self.sizes.count % 3
      let length = Self.lengths[random.below(Self.lengths.count)]
      settle(&plant, scope: index / 3 % 3, length: length, rise: plant.shape == 1 ? 12 : 2)
      switch index % 10 {
      case 3: plant.kind = .cashtag
      case 7: plant.kind = .phrase
      default: break
      }
      name(&plant, index, isKnown: index % 4 == 0 && plant.kind == .hashtag, known)
      if index % 6 == 1 {
        // A spike at the same hour some days before, which must not hide this one.
        plant.earlierDays = [-(1 + random.below(Self.baselineDays - 1))]
        plant.earlierSize = 300
      }
      return plant
    }
  }

  /// `count` decoys of all kinds in turn.
  mutating func decoys(_ count: Int) -> [TrendPlant] {
    (0..<count).map { index in
      var plant = TrendPlant()
      let decoy = TrendPlant.Decoy.allCases[index % TrendPlant.Decoy.allCases.count]
      plant.decoy = decoy
      plant.size = [60, 150, 400][index / TrendPlant.Decoy.allCases.count % 3]
      settle(&plant, scope: index % 2 * 2 % 3, length: 120, rise: 2)
      name(&plant, 100_000 + index, isKnown: false) { _ in [] }
      switch decoy {
      case .weekly: plant.earlierDays = [-7]
      case .daily: plant.earlierDays = (1...Self.baselineDays).map { -$0 }
      case .fall: fall(&plant)
      case .bots: plant.accounts = 3 + random.below(4)
      case .copies: plant.accounts = plant.size * 3 / 4
      }
      return plant
    }
  }

  // A week of even use, and then nothing.
  private func fall(_ plant: inout TrendPlant) {
    plant.start = 0
    plant.end = Self.baselineDays * 1440
    plant.peak = plant.end / 2
    plant.size *= Self.baselineDays * 4
    plant.shape = 3
  }

  private mutating func settle(_ plant: inout TrendPlant, scope: Int, length: Int, rise: Int) {
    let first = Self.baselineDays * 1440
    plant.start = first + random.below(2 * 1440 - length)
    plant.end = plant.start + length
    plant.peak = plant.start + max(length / rise, 3)
    let place = random.below(Place.all.count)
    switch scope {
    case 0:
      plant.places = Array(Place.all.indices)
      plant.reach = Array("world".utf8)
    case 1:
      let country = Place.all[place].countryCode.description
      plant.places = Place.all.indices.filter { Place.all[$0].countryCode.description == country }
      plant.reach = Array("country:\(country)".utf8)
    default:
      plant.places = [place]
      plant.reach = Array("place:\(Place.all[place].id.description)".utf8)
    }
  }

  private mutating func name(
    _ plant: inout TrendPlant, _ index: Int, isKnown: Bool, _ known: (Int) -> [UInt8]
  ) {
    switch plant.kind {
    case .hashtag where isKnown: plant.term = known(50 + random.below(1500))
    case .hashtag: plant.term = word() + Array("\(index)".utf8)
    case .cashtag:
      plant.term = (0..<4).map { place in
        UInt8(65 + (place == 3 ? index / 10 % 26 : random.below(26)))
      }
    case .phrase:
      // Rare words, whose pair is not met by chance.
      plant.term = word() + [32] + word()
    }
  }

  private mutating func word() -> [UInt8] {
    words.bytes(of: words.headCount + 2000 + random.below(15_000))
  }
}
