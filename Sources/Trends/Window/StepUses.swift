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
    /// Where its uses end in `entries`.
    fileprivate(set) var usesEnd: UInt32 = 0

    init(id: UInt64, voter: UInt64, text: UInt64) {
      self.id = id
      self.voter = voter
      self.text = text
    }
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
  /// What is used, tweet by tweet.
  private(set) var entries: [UInt32] = []
  /// How the uses were written that are not written as they are searched for: places in `entries`, rising, and forms.
  private(set) var forms: [(use: UInt32, form: UInt32)] = []

  init(_ number: Int64) { self.number = number }

  /// Whether an account belongs to the sample of `level`.
  @inline(__always)
  static func holds(_ voter: UInt64, level: UInt8) -> Bool {
    level == 0 || KeyTable.key(voter, 0x5EED).leadingZeroBitCount >= Int(level)
  }

  /// Begins a tweet; uses added now are its.
  @inline(__always)
  mutating func begin(_ tweet: Tweet) {
    tweets.append(tweet)
    tweets[tweets.count - 1].usesEnd = UInt32(entries.count)
  }

  @inline(__always)
  mutating func add(_ entry: UInt32, form: UInt32) {
    if form != TrendBatch.Form.asItIs { forms.append((UInt32(entries.count), form)) }
    entries.append(entry)
    tweets[tweets.count - 1].usesEnd += 1
  }

  /// Adds that the tweet uses a place, which everybody does, and there some terms.
  /// - Parameters:
  ///   - terms: their entries at the first place.
  ///   - written: which of them were written otherwise than one would search for them, rising, and how.
  mutating func add(
    _ place: (number: UInt32, everybody: UInt32), _ terms: ArraySlice<UInt32>,
    written: [(use: Int, form: UInt32)], _ counts: inout WindowCounts
  ) {
    entries.append(place.everybody)
    for form in written { forms.append((UInt32(entries.count + form.use), form.form)) }
    if place.number == 0 {
      entries.append(contentsOf: terms)
    } else {
      counts.addEntries(of: terms, at: place.number, to: &entries)
    }
    tweets[tweets.count - 1].usesEnd = UInt32(entries.count)
  }

  /// Uses, tweets or forms that it has memory for.
  var capacity: Int { max(entries.capacity, tweets.capacity, forms.capacity) }

  /// Empties it for another step and keeps the memory.
  mutating func reset(_ number: Int64) {
    self.number = number
    level = 0
    tweets.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
  }

  /// Leaves out the tweets that `isKept` does not keep.
  mutating func filter(_ isKept: (Tweet) -> Bool) {
    var kept = StepUses(number)
    kept.level = level
    var index = 0
    var nextForm = 0
    for tweet in tweets {
      let own = index..<Int(tweet.usesEnd)
      index = own.upperBound
      let isKept = isKept(tweet)
      if isKept { kept.begin(tweet) }
      for use in own {
        let isWritten = nextForm < forms.count && forms[nextForm].use == UInt32(use)
        if isKept {
          kept.add(entries[use], form: isWritten ? forms[nextForm].form : TrendBatch.Form.asItIs)
        }
        if isWritten { nextForm += 1 }
      }
    }
    self = kept
  }

  /// Leaves out all accounts that are not of the sample of `level`.
  mutating func raise(to level: UInt8) {
    self.level = level
    filter { Self.holds($0.voter, level: level) }
  }

  /// All uses, tweet by tweet.
  var uses: [Use] {
    var uses: [Use] = []
    forEachUse { use, _ in uses.append(use) }
    return uses
  }

  /// Calls `body` with every use and its form.
  func forEachUse(_ body: (Use, UInt32) -> Void) {
    var nextForm = 0
    var index = 0
    for (number, tweet) in tweets.enumerated() {
      while index < Int(tweet.usesEnd) {
        var form = TrendBatch.Form.asItIs
        if nextForm < forms.count, forms[nextForm].use == UInt32(index) {
          form = forms[nextForm].form
          nextForm += 1
        }
        body(Use(entry: entries[index], tweet: UInt32(number)), form)
        index += 1
      }
    }
  }

  /// Puts other numbers in the place of those of forms.
  mutating func renumberForms(_ number: (UInt32) -> UInt32) {
    for index in forms.indices { forms[index].form = number(forms[index].form) }
  }
}
