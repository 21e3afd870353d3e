extension GraphStats {
  /// Tables for people: 76 columns, numbers to the right.
  public var text: String {
    var out = "graph\n"
    for line in sizes { out += row([line.name], [line.value]) }
    out += "\ndegrees" + row([""], ["median", "90 %", "99 %", "most"]).dropFirst(7)
    for (name, q) in [("followers of an account", followers), ("accounts it follows", followees)] {
      out += row([name], [q.median, q.p90, q.p99, q.most].map(Self.grouped))
    }
    out += "\naccounts with" + row([""], ["followers", "follows"]).dropFirst(13)
    for bucket in buckets {
      let range =
        bucket.from == bucket.to
        ? Self.grouped(bucket.from) : "\(Self.grouped(bucket.from)) – \(Self.grouped(bucket.to))"
      out += row([range], [Self.grouped(bucket.byFollowers), Self.grouped(bucket.byFollowees)])
    }
    if !top.isEmpty {
      out += "\nmost followed" + row([""], ["followers", "follows"]).dropFirst(13)
      for account in top {
        out += row(["\(account.user)"], [Self.grouped(account.followers), Self.grouped(account.followees)])
      }
    }
    out += "\npush below" + row([""], ["writes", "pulled", "readers", "merges"]).dropFirst(10)
    for threshold in thresholds {
      out += row(
        [Self.grouped(threshold.pushBelow)],
        [threshold.writes, threshold.pulled, threshold.readers, threshold.mostMerged].map(Self.grouped))
    }
    return out + Self.legend
  }

  private static let legend = """

    writes: timeline entries when every author tweets once; pulled: authors that
    are merged at read instead; readers: accounts that follow one of these;
    merges: the most of them that one account follows.

    """

  private var sizes: [(name: String, value: String)] {
    [
      ("accounts", Self.grouped(users)), ("follows", Self.grouped(follows)),
      ("pairs that follow each other", Self.grouped(mutual)),
      ("follows that are returned", "\(Self.perMille(reciprocity)) %"),
      ("accounts without followers", Self.grouped(withoutFollowers)),
      ("accounts that follow nobody", Self.grouped(withoutFollowees)),
      ("blocks in force", Self.grouped(blocks)),
      ("mutes in force", Self.grouped(mutes)), ("protected accounts", Self.grouped(protected)),
      ("edges without a time", Self.grouped(edges)), ("changes", Self.grouped(changes)),
      ("bytes of the edges in memory", Self.grouped(edgeBytes)),
    ]
  }

  private func row(_ names: [String], _ values: [String]) -> String {
    let width = 32
    var line = "  " + names.joined()
    line += String(repeating: " ", count: max(width - line.count, 0))
    for value in values { line += String(repeating: " ", count: max(11 - value.count, 1)) + value }
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
    return line[..<end] + "\n"
  }

  // 0.4271 as "42.7": one digit, rounded, the same in every locale.
  static func perMille(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  // 1234567 as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    var text = ""
    let digits = String(number)
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
