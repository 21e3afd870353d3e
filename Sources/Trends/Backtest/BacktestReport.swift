public import Bytes
internal import JSON
internal import Records

/// Writes the measures of a `Backtest`, a line of JSON each.
extension Backtest {
  /// Appends all measures. The order is that of `Definitions.md`; the same rows give the same bytes.
  public func write(to out: inout ByteBuffer) {
    writeRecall(&out)
    writePrecision(&out)
    writeDelays(&out)
    writeMissed(&out)
    if leftOut > 0 {
      Self.begin("left_out", &out)
      Self.member("labels", leftOut, &out)
      Self.end(&out)
    }
  }

  // MARK: Recall

  private func writeRecall(_ out: inout ByteBuffer) {
    Self.begin("recall", &out)
    Self.share("found", found.count { $0 != nil }, bursts.count, &out)
    Self.end(&out)
    for lowest in Set(bursts.map { Self.sizeClass($0.tweets) }).sorted() {
      let members = bursts.indices.filter { Self.sizeClass(bursts[$0].tweets) == lowest }
      Self.begin("recall", &out)
      Self.member("tweets_from", lowest, &out)
      Self.member("tweets_to", Self.nextClass(lowest) - 1, &out)
      Self.share("found", members.count { found[$0] != nil }, members.count, &out)
      Self.end(&out)
    }
  }

  /// The first size of the class of a burst of `tweets`: classes begin at 1, 2, 5, 10, 20, 50 and so on.
  static func sizeClass(_ tweets: Int) -> Int {
    var lowest = 1
    while nextClass(lowest) <= tweets { lowest = nextClass(lowest) }
    return tweets < 1 ? 0 : lowest
  }

  static func nextClass(_ lowest: Int) -> Int {
    if lowest < 1 { return 1 }
    var unit = 1
    while unit <= lowest / 10 { unit *= 10 }
    return lowest / unit == 2 ? 5 * unit : 2 * lowest
  }

  // MARK: Precision

  private func writePrecision(_ out: inout ByteBuffer) {
    Self.begin("precision_terms", &out)
    Self.share("right", terms.values.count { $0.right > 0 }, terms.count, &out)
    Self.end(&out)
    let rows = terms.values.reduce(0) { $0 + $1.rows }
    Self.begin("precision_rows", &out)
    Self.share("right", terms.values.reduce(0) { $0 + $1.right }, rows, &out)
    Self.end(&out)
    var wrong: [String: (terms: Int, rows: Int)] = [:]
    for (key, term) in terms where term.right == 0 {
      wrong[reason(key), default: (0, 0)].terms += 1
      wrong[reason(key), default: (0, 0)].rows += term.rows
    }
    for (reason, count) in wrong.sorted(by: { $0.key < $1.key }) {
      Self.begin("false", &out)
      Self.member("reason", Array(reason.utf8), &out)
      Self.member("terms", count.terms, &out)
      Self.member("rows", count.rows, &out)
      Self.end(&out)
    }
  }

  // MARK: Delays

  private func writeDelays(_ out: inout ByteBuffer) {
    let hits = bursts.indices.compactMap { index in found[index].map { (burst: bursts[index], end: $0) } }
    for (name, delays) in [
      ("start", hits.map { $0.end - $0.burst.start }), ("peak", hits.map { $0.end - $0.burst.peak }),
    ] {
      let sorted = delays.sorted()
      guard !sorted.isEmpty else { continue }
      Self.begin("delay", &out)
      Self.member("after", Array(name.utf8), &out)
      for (name, percent) in [("median", 50), ("p90", 90)] as [(StaticString, Int)] {
        // The nearest rank: the smallest delay that so many percent do not exceed.
        let delay = sorted[(sorted.count * percent + 99) / 100 - 1]
        Self.key(name, &out)
        out.append(number: (Double(delay) / 6000).rounded() / 10)
      }
      Self.end(&out)
    }
  }

  // MARK: Missed

  private func writeMissed(_ out: inout ByteBuffer) {
    let missed = bursts.indices.filter { found[$0] == nil }.sorted { a, b in
      if bursts[a].tweets != bursts[b].tweets { return bursts[a].tweets > bursts[b].tweets }
      return a < b
    }
    for burst in missed.map({ bursts[$0] }) {
      Self.begin("missed", &out)
      Self.member("tweets", burst.tweets, &out)
      Self.member("kind", Array(burst.kind.name.utf8), &out)
      Self.member("term", burst.name, &out)
      Self.member("place", burst.place, &out)
      Self.key("start", &out)
      out.append("\"")
      Timestamp.append(burst.start, to: &out)
      out.append("\"")
      Self.end(&out)
    }
  }

  // MARK: Lines

  private static func begin(_ measure: StaticString, _ out: inout ByteBuffer) {
    out.append("{\"type\":\"backtest\",\"measure\":\"")
    out.append(measure)
    out.append("\"")
  }

  private static func key(_ name: StaticString, _ out: inout ByteBuffer) {
    out.append(",\"")
    out.append(name)
    out.append("\":")
  }

  private static func member(_ name: StaticString, _ value: Int, _ out: inout ByteBuffer) {
    key(name, &out)
    out.append(decimal: Int64(value))
  }

  private static func member(_ name: StaticString, _ value: [UInt8], _ out: inout ByteBuffer) {
    key(name, &out)
    out.append(jsonString: value.span)
  }

  // Of nothing there is no share.
  private static func share(_ name: StaticString, _ part: Int, _ whole: Int, _ out: inout ByteBuffer) {
    if whole > 0 {
      key("share", &out)
      out.append(number: (Double(part) / Double(whole) * 10_000).rounded() / 10_000)
    }
    member(name, part, &out)
    member("of", whole, &out)
  }

  private static func end(_ out: inout ByteBuffer) { out.append("}\n") }
}
