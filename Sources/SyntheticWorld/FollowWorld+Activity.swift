internal import Bytes

/// What the accounts of a follow graph do, to measure timelines by.
///
/// Two days of one record every few ms, in order. Half of the authors are drawn by fame, half are anyone: so a tweet has
/// several times as many readers as an account has followers on average. Of 100 records 58 are tweets, 20 replies to an author
/// of the last thousands, 20 retweets of such a tweet; one is a delete, and one a change of the graph.
extension FollowWorld {
  /// 2022-11-01T00:00:00Z, in ms since 1970.
  static let start: Int64 = 1_667_260_800_000
  /// How long it goes on, in ms.
  static let span: Int64 = 2 * 86_400_000

  /// Writes `activity.ndjson` into `folder`: `records` canonical records. Memory: 4 bytes an account. - Throws: `SystemError`.
  public func writeActivity(_ records: Int, into folder: String) throws {
    var file = try AtomicFile(Paths.join(folder, "activity.ndjson"))
    var buffer = ByteBuffer(capacity: 1 << 20)
    var random = SplitMix64(seed ^ 0x6772_6170)
    // The same fame as that of the graph.
    let famous = byFame(&random)
    random = SplitMix64(seed ^ 0x7477_6565)
    var recent: [(id: UInt64, account: Int)] = []
    for number in 0..<records {
      let at = Self.start + Self.span / Int64(max(records, 1)) * Int64(number)
      let author = author(famous, &random)
      let old = recent.isEmpty ? nil : recent[random.below(recent.count)]
      switch random.below(100) {
      case 0: writeDelete(old, at, &buffer)
      case 1: writeChange(author, famous, at, &random, &buffer)
      case let kind:
        let id = UInt64(at - 1_288_834_974_657) << 22 | UInt64(number & 0x3F_FFFF)
        writeTweet(id, author, at, answers: kind < 22 ? old : nil, retweets: kind >= 80 ? old : nil, &buffer)
        if recent.count < 4096 { recent.append((id, author)) } else { recent[number % 4096] = (id, author) }
      }
      if buffer.count > 1 << 19 {
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    try file.write(buffer.span)
    try file.commit()
  }

  private func author(_ famous: [UInt32], _ random: inout SplitMix64) -> Int {
    if random.below(2) == 0 { return random.below(users) }
    // As who is followed: the inverse of the distribution.
    let uniform = Double(random.next() >> 11) * 0x1p-53
    let square = uniform * uniform
    return Int(famous[Int(square * square * Double(users))])
  }

  private func writeTweet(
    _ id: UInt64, _ author: Int, _ at: Int64, answers: (id: UInt64, account: Int)?,
    retweets: (id: UInt64, account: Int)?, _ out: inout ByteBuffer
  ) {
    out.append("{\"type\":\"tweet\",\"id\":\"")
    out.append(decimal: id)
    out.append("\",\"created_at\":\"")
    WorldTime.appendISO(at, to: &out)
    out.append("\",\"user\":{\"id\":\"")
    out.append(decimal: self.id(author))
    out.append("\",\"username\":\"user")
    out.append(decimal: UInt64(author))
    out.append("\"},\"text\":\"What account ")
    out.append(decimal: UInt64(author))
    out.append(" says at number ")
    out.append(decimal: id & 0x3F_FFFF)
    out.append("\",\"lang\":\"en\"")
    if let target = answers {
      out.append(",\"reply_to\":{\"tweet\":\"")
      out.append(decimal: target.id)
      out.append("\",\"user\":\"")
      out.append(decimal: self.id(target.account))
      out.append("\"}")
    }
    if let target = retweets {
      out.append(",\"retweet_of\":{\"id\":\"")
      out.append(decimal: target.id)
      out.append("\",\"user\":{\"id\":\"")
      out.append(decimal: self.id(target.account))
      out.append("\"}}")
    }
    out.append("}\n")
  }

  private func writeDelete(_ target: (id: UInt64, account: Int)?, _ at: Int64, _ out: inout ByteBuffer) {
    guard let target else { return }
    out.append("{\"type\":\"delete\",\"id\":\"")
    out.append(decimal: target.id)
    out.append("\",\"user\":\"")
    out.append(decimal: id(target.account))
    out.append("\",\"at\":\"")
    WorldTime.appendISO(at, to: &out)
    out.append("\"}\n")
  }

  private func writeChange(
    _ account: Int, _ famous: [UInt32], _ at: Int64, _ random: inout SplitMix64, _ out: inout ByteBuffer
  ) {
    let other = author(famous, &random)
    if other == account { return }
    let kinds: [StaticString] = [
      "follow", "follow", "follow", "unfollow", "block", "unblock", "mute", "unmute",
    ]
    out.append("{\"type\":\"")
    out.append(kinds[random.below(kinds.count)])
    out.append("\",\"user\":\"")
    out.append(decimal: id(account))
    out.append("\",\"target\":\"")
    out.append(decimal: id(other))
    out.append("\",\"at\":\"")
    WorldTime.appendISO(at, to: &out)
    out.append("\"}\n")
  }
}
