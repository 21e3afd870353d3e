/// Something that happens: a term whose use swells and fades, planted so that trends can be checked against it.
struct Burst: Sendable {
  /// How its intensity runs from start (0) over peak to end.
  enum Shape: Sendable {
    /// Rises and falls evenly.
    case triangle
    /// Everything at once, then a slow decay: an earthquake.
    case shock
    /// Two peaks with a pause: a match with its half-time.
    case twoPeaks
  }

  /// What the term is.
  enum Kind: String, Sendable { case hashtag, cashtag, phrase }

  /// As one would search for it: `#x`, `$X`, or a phrase of two words.
  var term: StaticString
  /// Where: indices of `Place.all`; empty is everywhere.
  var places: [Int]
  /// The `place` of the trend that it should give: `world`, `country:DE`, `place:ID`.
  var reach: StaticString
  /// Minutes of the world.
  var start: Int
  var peak: Int
  var end: Int
  /// Its part of all tweets, in 1/10000.
  var share: Int
  var shape: Shape
  /// Pushed by the spam accounts alone: many tweets, few people; an honest trend list leaves it out.
  var isSpam = false
  var kind = Kind.hashtag

  /// Its intensity in a minute, in arbitrary units; 0 outside.
  func intensity(minute: Int) -> Int {
    guard minute >= start, minute < end else { return 0 }
    let rise = max(peak - start, 1)
    let fall = max(end - peak, 1)
    let linear = minute < peak ? 1 + 1000 * (minute - start) / rise : 1 + 1000 * (end - minute) / fall
    switch shape {
    case .triangle: return linear
    case .shock: return minute < peak ? linear : linear * linear / 1000 + 1
    case .twoPeaks:
      let third = (end - start) / 3
      let middle = start + third..<start + 2 * third
      return middle.contains(minute) ? linear / 6 + 1 : linear
    }
  }

  /// All that happens in the three days.
  static let all: [Burst] = [
    Burst(
      term: "#BerlinBlackout", places: [Place.index("3078869807f9dd36")], reach: "place:3078869807f9dd36",
      start: 1000, peak: 1030, end: 1220, share: 110, shape: .shock),
    Burst(
      term: "#CometNight", places: [], reach: "world", start: 2580, peak: 2700, end: 3000, share: 380,
      shape: .triangle),
    Burst(
      term: "#東京ゲーム祭", places: [Place.index("06ef846bfc783874")], reach: "place:06ef846bfc783874",
      start: 1500, peak: 1740, end: 2040, share: 190, shape: .triangle),
    Burst(
      term: "#FinalDaCopa", places: [Place.index("68e019afec7d0ba5"), Place.index("97bcdfca1a2dca59")],
      reach: "country:BR", start: 4020, peak: 4080, end: 4200, share: 240, shape: .twoPeaks),
    Burst(
      term: "#大阪地震", places: [Place.index("3e8c6e7b0dc0a2b2")], reach: "place:3e8c6e7b0dc0a2b2",
      start: 3365, peak: 3368, end: 3600, share: 150, shape: .shock),
    Burst(
      term: "#서울불꽃축제", places: [Place.index("c999e6a453e9ef72")], reach: "country:KR", start: 2110,
      peak: 2190, end: 2320, share: 100, shape: .triangle),
    Burst(
      term: "#metromadrid", places: [Place.index("206c436ce43a43a3")], reach: "country:ES", start: 3330,
      peak: 3380, end: 3480, share: 50, shape: .triangle),
    Burst(
      term: "#MumbaiRains", places: [Place.index("b850c1bfd38f30e0")], reach: "country:IN", start: 700,
      peak: 800, end: 1080, share: 90, shape: .triangle),
    Burst(
      term: "#ثلج_القاهرة", places: [Place.index("00c55f041e27dc51")], reach: "country:EG", start: 3950,
      peak: 4010, end: 4200, share: 60, shape: .triangle),
    Burst(
      term: "$TWML", places: [], reach: "world", start: 870, peak: 880, end: 1110, share: 60, shape: .shock,
      kind: .cashtag),
    Burst(
      term: "silent harbor", places: [Place.index("457b4814b4240d87")], reach: "country:GB", start: 3750,
      peak: 3840, end: 3990, share: 60, shape: .triangle,
      kind: .phrase),
    Burst(
      term: "#FreeCoinDrop", places: [], reach: "world", start: 1900, peak: 1960, end: 2080, share: 160,
      shape: .triangle, isSpam: true),
  ]
}

/// How many tweets each minute has: every place's day, and the bursts on top.
struct Rhythm: Sendable {
  /// Tweets by local hour, per mille of the busiest: people sleep, and write most in the evening.
  private static let hours = [
    310, 180, 110, 80, 90, 160, 330, 560, 700, 690, 680, 720, 800, 780, 720, 700, 720, 790, 880, 960, 1000,
    960, 800,
    540,
  ]

  /// The pull of a place in a minute: its people, its hour, its weekend.
  static func weight(place: Int, minute: Int) -> Int {
    let local = Place.all[place].offset + minute + 1440
    let hour = local / 60 % 24
    let part = local % 60
    let level = (hours[hour] * (60 - part) + hours[(hour + 1) % 24] * part) / 60
    // The world begins on a Friday; 1440 was added above.
    let day = local / 1440
    return Place.all[place].weight * level * (day == 2 || day == 3 ? 112 : 100) / 100
  }

  /// `total` items over `weights`, in whole numbers that add up to `total`.
  static func spread(_ total: Int, over weights: [Int]) -> [Int] {
    let all = max(weights.reduce(0, +), 1)
    var sum = 0
    var given = 0
    return weights.map { weight in
      sum += weight
      let target = Int(
        UInt64(all).dividingFullWidth(UInt64(total).multipliedFullWidth(by: UInt64(sum))).quotient)
      defer { given = target }
      return target - given
    }
  }
}
