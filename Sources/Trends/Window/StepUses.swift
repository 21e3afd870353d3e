/// What was written in a step: tweets, and which entries each of them uses.
///
/// At level *l* it holds one of 2ˡ accounts, chosen by a hash of the account. To raise the level is to leave out what is
/// held, so the content depends on what was written and not on the order in which it came (P. B. Gibbons, "Distinct
/// sampling for highly-accurate answers to distinct values queries and event reports", 2001).
struct StepUses {
  struct Tweet {
    var id: UInt64
    var voter: UInt64
    /// The text's fingerprint; 0 for a retweet, whose text is another's.
    var text: UInt64
  }
  struct Use {
    var entry: UInt32
    /// Its place in `tweets`.
    var tweet: UInt32
  }

  /// The highest level: beyond one account in 2⁴⁰ there is nothing to hold.
  static let sparsest: UInt8 = 40

  /// The step's number: its first moment divided by the step.
  var number: Int64
  var level: UInt8 = 0
  private(set) var tweets: [Tweet] = []
  private(set) var uses: [Use] = []
  /// How the uses were written that are not written as they are searched for: places in `uses`, rising, and forms.
  private(set) var forms: [(use: UInt32, form: UInt32)] = []

  init(_ number: Int64) { self.number = number }

  /// Whether an account belongs to the sample of `level`.
  @inline(__always)
  static func holds(_ voter: UInt64, level: UInt8) -> Bool {
    level == 0 || KeyTable.key(voter, 0x5EED).leadingZeroBitCount >= Int(level)
  }

  /// Begins a tweet; uses added now are its.
  @inline(__always)
  mutating func begin(_ tweet: Tweet) { tweets.append(tweet) }

  @inline(__always)
  mutating func add(_ entry: UInt32, form: UInt32) {
    if form != TrendBatch.Form.asItIs { forms.append((UInt32(uses.count), form)) }
    uses.append(Use(entry: entry, tweet: UInt32(tweets.count - 1)))
  }

  /// Adds that the tweet uses a place, which everybody does, and there some terms.
  /// - Parameters:
  ///   - entries: those of the terms at the first place.
  ///   - written: which of them were written otherwise than one would search for them, rising, and how.
  mutating func add(
    _ place: (number: UInt32, everybody: UInt32), _ entries: Span<UInt32>,
    written: [(use: Int, form: UInt32)], _ counts: inout WindowCounts
  ) {
    let tweet = UInt32(tweets.count - 1)
    counts.hold(place.everybody)
    uses.append(Use(entry: place.everybody, tweet: tweet))
    for form in written { forms.append((UInt32(uses.count + form.use), form.form)) }
    if place.number == 0 {
      counts.hold(entries, tweet: tweet, into: &uses)
    } else {
      counts.hold(entries, at: place.number, tweet: tweet, into: &uses)
    }
  }

  /// Uses, tweets or forms that it has memory for.
  var capacity: Int { max(uses.capacity, tweets.capacity, forms.capacity) }

  /// Empties it for another step and keeps the memory.
  mutating func reset(_ number: Int64) {
    self.number = number
    level = 0
    tweets.removeAll(keepingCapacity: true)
    uses.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
  }

  /// Leaves out the tweets that `isKept` does not keep. - Returns: the entries of the uses that went.
  mutating func filter(_ isKept: (Tweet) -> Bool) -> [UInt32] {
    var kept = StepUses(number)
    var gone: [UInt32] = []
    kept.level = level
    var places = [UInt32](repeating: .max, count: tweets.count)
    for (index, tweet) in tweets.enumerated() where isKept(tweet) {
      places[index] = UInt32(kept.tweets.count)
      kept.tweets.append(tweet)
    }
    forEachUse { use, form in
      let place = places[Int(use.tweet)]
      if place == .max { return gone.append(use.entry) }
      if form != TrendBatch.Form.asItIs { kept.forms.append((UInt32(kept.uses.count), form)) }
      kept.uses.append(Use(entry: use.entry, tweet: place))
    }
    self = kept
    return gone
  }

  /// Leaves out all accounts that are not of the sample of `level`. - Returns: the entries of the uses that went.
  mutating func raise(to level: UInt8) -> [UInt32] {
    self.level = level
    return filter { Self.holds($0.voter, level: level) }
  }

  /// Calls `body` with every use and its form.
  func forEachUse(_ body: (Use, UInt32) -> Void) {
    var nextForm = 0
    for (index, use) in uses.enumerated() {
      var form = TrendBatch.Form.asItIs
      if nextForm < forms.count, forms[nextForm].use == UInt32(index) {
        form = forms[nextForm].form
        nextForm += 1
      }
      body(use, form)
    }
  }

  /// Puts other numbers in the place of those of forms.
  mutating func renumberForms(_ number: (UInt32) -> UInt32) {
    for index in forms.indices { forms[index].form = number(forms[index].form) }
  }
}
