internal import Bytes

/// A made-up Twitter to measure trend detectors by: a week of habits and noise, then two days in which bursts of many
/// sizes, shapes, places and hours are planted among decoys, written as canonical records together with the labels.
///
/// People sleep and wake by their place's clock; tags have homes, moods that change from day to day and every three
/// hours, and Zipfian use. One seed and size give the same bytes on every run and machine. FROZEN: a detector is judged
/// by it, so it must not be changed to please one; a test holds its hash.
public struct TrendWorld: Sendable {
  private let seed: UInt64
  private let tweets: Int
  private let bursts: [TrendPlant]
  private let decoys: [TrendPlant]
  private let people: [Person]
  private let peopleOf: [[Int32]]
  private let tags: [Tag]
  private let words: [Vocabulary]

  private struct Person: Sendable {
    var id: UInt64
    var place: Int
    var language: Language
  }

  private struct Tag: Sendable {
    var name: [UInt8]
    /// The country that uses it, as the first place in it; −1 for all.
    var home: Int
  }

  /// Who, when, and what a tweet is about: made first, sorted by time, then written.
  private struct Draft {
    var time: Int64
    var person: Int32
    /// Background tags, or −1.
    var tags: (Int16, Int16) = (-1, -1)
    /// The plant, bursts first and decoys behind them, or −1.
    var plant: Int32 = -1
  }

  private static let tagCount = 3000
  /// Monday, 2 May 2022, 00:00 UTC, in ms since 1970.
  private static let start: Int64 = 1_651_449_600_000

  /// A world of `tweets` background tweets, with so many bursts and decoys on top. Memory: about 100 bytes a tweet, and
  /// 25 MB.
  public init(seed: UInt64, tweets: Int, bursts: Int, decoys: Int) {
    self.seed = seed
    self.tweets = tweets
    words = Language.allCases.map { Vocabulary($0) }
    var random = SplitMix64(seed ^ 0x7472_656E_6473)
    people = Self.people(max(2000, tweets / 20), &random)
    var peopleOf: [[Int32]] = Place.all.map { _ in [] }
    for (index, person) in people.enumerated() { peopleOf[person.place].append(Int32(index)) }
    self.peopleOf = peopleOf
    let english = words[Int(Language.en.rawValue)]
    let tags = (0..<Self.tagCount).map { rank in
      Tag(
        name: english.bytes(of: english.headCount + rank) + (rank % 3 == 0 ? Array("\(rank)".utf8) : []),
        home: rank % 2 == 0 ? -1 : random.below(Place.all.count))
    }
    self.tags = tags
    var planner = TrendPlanner(seed: seed, words: english)
    self.bursts = planner.bursts(bursts) { tags[$0].name }
    self.decoys = planner.decoys(decoys)
  }

  private static func people(_ count: Int, _ random: inout SplitMix64) -> [Person] {
    let total = Place.all.reduce(0) { $0 + $1.weight }
    return (0..<count).map { index in
      var draw = random.below(total)
      var place = 0
      while draw >= Place.all[place].weight {
        draw -= Place.all[place].weight
        place += 1
      }
      if index < Place.all.count { place = index }
      let languages = Place.all[place].languages
      let language = languages[random.below(100) < languages[0].percent ? 0 : languages.count - 1].language
      return Person(id: UInt64(100_000 + index * 37), place: place, language: language)
    }
  }

  /// Writes `tweets.ndjson` and `labels.ndjson` into `folder`, which is made if missing. - Throws: `SystemError`.
  public func write(into folder: String) throws {
    try Syscalls.makeDirectories(folder)
    var drafts = background()
    var random = SplitMix64(seed ^ 0x706C_616E_7473)
    for (index, plant) in (bursts + decoys).enumerated() { add(plant, Int32(index), to: &drafts, &random) }
    // By time; of equal times in the order of making.
    let order = drafts.indices.sorted { (drafts[$0].time, $0) < (drafts[$1].time, $1) }
    var file = try AtomicFile(Paths.join(folder, "tweets.ndjson"))
    var line = ByteBuffer()
    for (number, index) in order.enumerated() {
      line.removeAll()
      write(drafts[index], number: number, &random, to: &line)
      try file.write(line.span)
    }
    try file.commit()
    try writeLabels(folder)
  }

  // MARK: What everybody writes about

  private func background() -> [Draft] {
    var random = SplitMix64(seed ^ 0x6261_636B)
    let minutes = TrendPlanner.days * 1440
    // Hours of a place in proportion to its rhythm, and of the world to the sum of them.
    let weights = (0..<minutes).map { minute in
      Place.all.indices.reduce(0) { $0 + Rhythm.weight(place: $1, minute: minute % (7 * 1440)) }
    }
    let counts = Rhythm.spread(tweets, over: weights)
    let zipf = Zipf(count: Self.tagCount)
    let busy = Zipf(count: people.count)
    var drafts: [Draft] = []
    drafts.reserveCapacity(tweets * 5 / 4)
    for minute in 0..<minutes {
      // Noise of the whole: up to a third more or less.
      let count = counts[minute] * (85 + random.below(31)) / 100
      for _ in 0..<count {
        var draft = Draft(time: time(minute, &random), person: author(minute, busy, &random))
        if random.chance(550) { draft.tags.0 = tag(of: draft.person, minute, zipf, &random) }
        if random.chance(120) { draft.tags.1 = tag(of: draft.person, minute, zipf, &random) }
        if draft.tags.0 == draft.tags.1 { draft.tags.1 = -1 }
        drafts.append(draft)
      }
    }
    return drafts
  }

  private func time(_ minute: Int, _ random: inout SplitMix64) -> Int64 {
    Self.start + Int64(minute) * 60_000 + Int64(random.below(60_000))
  }

  // Half the tweets come from busy people, half from anybody; both from places that are awake.
  private func author(_ minute: Int, _ busy: Zipf, _ random: inout SplitMix64) -> Int32 {
    var person = 0
    for _ in 0..<8 {
      person = random.chance(500) ? busy.draw(&random) : random.below(people.count)
      let place = people[person].place
      let level = Rhythm.weight(place: place, minute: minute % (7 * 1440)) / max(Place.all[place].weight, 1)
      if random.below(1120) < level { break }
    }
    return Int32(person)
  }

  private func tag(of person: Int32, _ minute: Int, _ zipf: Zipf, _ random: inout SplitMix64) -> Int16 {
    for _ in 0..<6 {
      let rank = zipf.draw(&random)
      let home = tags[rank].home
      let place = people[Int(person)].place
      if home >= 0, Place.all[home].countryCode.description != Place.all[place].countryCode.description {
        continue
      }
      // Its mood: from 70 to 130 percent, anew each day and each three hours.
      let day = SplitMix64.mix(seed ^ UInt64(rank) << 20 ^ UInt64(minute / 1440))
      let hours = SplitMix64.mix(seed ^ UInt64(rank) << 40 ^ UInt64(minute / 180))
      let mood = (70 + Int(day % 61)) * (80 + Int(hours % 41)) / 100
      if random.below(156) < mood { return Int16(rank) }
    }
    return -1
  }

  // MARK: What is planted

  private func add(
    _ plant: TrendPlant, _ index: Int32, to drafts: inout [Draft], _ random: inout SplitMix64
  ) {
    let accounts = (0..<plant.accounts).map { _ in person(plant, &random) }
    for day in [0] + plant.earlierDays {
      let size = day == 0 ? plant.size : plant.size * plant.earlierSize / 100
      let minutes = Array(plant.start..<plant.end)
      // Even use has no rhythm of its own.
      let weights = minutes.map { plant.shape == 3 ? 1 : plant.intensity($0) }
      var person = Int32(-1)
      for (minute, count) in zip(minutes, Rhythm.spread(size, over: weights)) where count > 0 {
        let shifted = minute + day * 1440
        if shifted < 0 { continue }
        for _ in 0..<count {
          // One in ten is by somebody who has just written about it.
          if person < 0 || !random.chance(100) {
            person =
              accounts.isEmpty ? self.person(plant, &random) : accounts[random.below(accounts.count)]
          }
          drafts.append(Draft(time: time(shifted, &random), person: person, plant: index))
        }
      }
    }
  }

  private func person(_ plant: TrendPlant, _ random: inout SplitMix64) -> Int32 {
    let place = plant.places[random.below(plant.places.count)]
    return peopleOf[place][random.below(peopleOf[place].count)]
  }

  // MARK: Records

  private func write(_ draft: Draft, number: Int, _ random: inout SplitMix64, to out: inout ByteBuffer) {
    let person = people[Int(draft.person)]
    let place = Place.all[person.place]
    out.append("{\"type\":\"tweet\",\"id\":\"")
    // Snowflakes of the same millisecond differ in their last 22 bits.
    out.append(
      decimal: UInt64(draft.time - WorldTime.snowflakeEpoch) << 22 | UInt64(number & 0x3F_FFFF))
    out.append("\",\"created_at\":\"")
    WorldTime.appendISO(draft.time, to: &out)
    out.append("\",\"user\":{\"id\":\"")
    out.append(decimal: person.id)
    out.append("\",\"username\":\"p")
    out.append(decimal: person.id)
    out.append("\"},\"text\":\"")
    var hashtags: [[UInt8]] = []
    var cashtags: [[UInt8]] = []
    writeText(draft, person.language, &random, &hashtags, &cashtags, to: &out)
    out.append("\",\"lang\":\"")
    out.append(person.language.code)
    out.append("\"")
    write("hashtags", hashtags, to: &out)
    write("cashtags", cashtags, to: &out)
    // Two thirds say where they are.
    let plant = draft.plant >= 0 && !self.plant(draft.plant).places.isEmpty
    if plant || random.chance(666) {
      out.append(",\"geo\":{\"place\":\"")
      out.append(place.name)
      out.append("\",\"place_id\":\"")
      out.append(place.id)
      out.append("\",\"country\":\"")
      out.append(place.countryCode)
      out.append("\"}")
    }
    out.append("}\n")
  }

  private func plant(_ index: Int32) -> TrendPlant {
    Int(index) < bursts.count ? bursts[Int(index)] : decoys[Int(index) - bursts.count]
  }

  private func write(_ key: StaticString, _ values: [[UInt8]], to out: inout ByteBuffer) {
    if values.isEmpty { return }
    out.append(",\"")
    out.append(key)
    out.append("\":[")
    for (index, value) in values.enumerated() {
      out.append(index == 0 ? "\"" : ",\"")
      out.append(value.span)
      out.append("\"")
    }
    out.append("]")
  }

  private func writeText(
    _ draft: Draft, _ language: Language, _ random: inout SplitMix64, _ hashtags: inout [[UInt8]],
    _ cashtags: inout [[UInt8]], to out: inout ByteBuffer
  ) {
    let plant = draft.plant >= 0 ? self.plant(draft.plant) : nil
    // Copies share one text but for a number.
    var own = plant?.decoy == .copies ? SplitMix64(UInt64(draft.plant)) : SplitMix64(random.next())
    let speech = plant?.decoy == .copies ? Language.en : language == .und ? .en : language
    let vocabulary = words[Int(speech.rawValue)]
    for position in 0..<4 + own.below(6) {
      if position > 0 { out.append(" ") }
      if position == 2, let plant, plant.kind == .phrase {
        out.append(plant.term.span)
        out.append(" ")
      }
      vocabulary.append(own.skewed(own.chance(50) ? 19_000 : 2000), to: &out)
    }
    if plant?.decoy == .copies {
      out.append(" ")
      out.append(decimal: UInt64(random.below(10_000)))
    }
    if let plant, plant.kind == .hashtag { hashtags.append(plant.term) }
    if let plant, plant.kind == .cashtag { cashtags.append(plant.term) }
    for tag in [draft.tags.0, draft.tags.1] where tag >= 0 { hashtags.append(tags[Int(tag)].name) }
    for tag in hashtags {
      out.append(" #")
      out.append(tag.span)
    }
    for tag in cashtags {
      out.append(" $")
      out.append(tag.span)
    }
  }

  // MARK: Labels

  private func writeLabels(_ folder: String) throws {
    var file = try AtomicFile(Paths.join(folder, "labels.ndjson"))
    var line = ByteBuffer()
    for plant in bursts + decoys {
      line.removeAll()
      line.append(plant.decoy == nil ? "{\"type\":\"burst\",\"kind\":\"" : "{\"type\":\"decoy\",\"kind\":\"")
      line.append(string: plant.kind.rawValue)
      line.append("\",\"term\":\"")
      switch plant.kind {
      case .hashtag: line.append("#")
      case .cashtag: line.append("$")
      case .phrase: break
      }
      line.append(plant.term.span)
      line.append("\",\"place\":\"")
      line.append(plant.reach.span)
      for (name, minute) in [("start", plant.start), ("peak", plant.peak), ("end", plant.end)] {
        line.append("\",\"")
        line.append(string: name)
        line.append("\":\"")
        WorldTime.appendISO(Self.start + Int64(minute) * 60_000, to: &line)
      }
      line.append("\",\"tweets\":")
      line.append(decimal: UInt64(plant.size))
      if let decoy = plant.decoy {
        line.append(",\"reason\":\"")
        line.append(string: decoy.rawValue)
        line.append("\"")
      }
      line.append("}\n")
      try file.write(line.span)
    }
    try file.commit()
  }
}
