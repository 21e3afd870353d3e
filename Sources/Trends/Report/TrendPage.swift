internal import Bytes
internal import JSON
internal import Records

/// One page that needs nothing but itself: per place the strongest terms of a run, with charts and links to the evidence.
///
/// The same rows give the same bytes. Everything that people wrote is escaped and isolated; there is no script, and the
/// page forbids itself to load anything.
public enum TrendPage {
  /// Rows of a place that stand open; the others wait in a fold.
  private static let openRows = 10

  /// Writes the page, a place at a time.
  public static func write<E: Error>(
    _ terms: StrongestTerms, _ write: (Span<UInt8>) throws(E) -> Void
  ) throws(E) {
    var out = ByteBuffer(capacity: 1 << 16)
    let places = terms.strongest
    head(terms, to: &out)
    contents(places.map(\.place), to: &out)
    for (number, place) in places.enumerated() {
      section(number, place.place, place.topics, to: &out)
      try write(out.span)
      out.removeAll()
    }
    TrendPageDenied.append(terms.denied, to: &out)
    out.append("</body>\n</html>\n")
    try write(out.span)
  }

  // MARK: Above the places

  private static func head(_ terms: StrongestTerms, to out: inout ByteBuffer) {
    out.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>What trended</title>
      <style>

      """)
    out.append(TrendPageStyle.css)
    out.append("</style>\n</head>\n<body>\n<h1>What trended</h1>\n")
    if terms.rows == 0 {
      out.append(
        terms.denied.rows == 0
          ? "<p>Nothing: in no window did more accounts use a term than chance explains.</p>\n"
          : "<p>Nothing but what rules deny.</p>\n")
      return
    }
    out.append("<p>")
    time(terms.start, to: &out)
    out.append(" to ")
    time(terms.end, to: &out)
    out.append(" UTC; ")
    out.append(decimal: UInt64(terms.rows))
    out.append(terms.rows == 1 ? " trend" : " trends")
    out.append(
      """
       of single windows and places.</p>
      <p class="soft">A term trends where more accounts use it within a window than the same hours before lead one to \
      expect. <b>Users</b>, <b>expected</b> and <b>p</b> (the probability of so many if nothing were going on) are those of \
      the window with its highest score. The charts show <span class="key">accounts</span> and what was \
      <span class="key e">expected</span>, from zero, in the windows in which the term was reported; gaps part its \
      episodes, and the dot is the highest point. All times are UTC. At most the 50 strongest terms a place, and 200 \
      places, are shown, by the highest score they had.</p>

      """)
  }

  private static func contents(_ places: [PlaceName], to out: inout ByteBuffer) {
    if places.count < 2 { return }
    out.append("<nav>\n")
    for level in TrendLevel.allCases {
      let own = places.enumerated().filter { $0.element.level == level }
      if own.isEmpty { continue }
      out.append("<b>")
      out.append(title(level))
      out.append("</b><span>")
      for (number, place) in own {
        out.append("<a href=\"#place")
        out.append(decimal: UInt64(number + 1))
        out.append("\">")
        out.append(isolated: place.name.span)
        out.append("</a> ")
      }
      out.append("</span>\n")
    }
    out.append("</nav>\n")
  }

  private static func title(_ level: TrendLevel) -> StaticString {
    switch level {
    case .world: "World"
    case .country: "Countries"
    case .place: "Places"
    case .lang: "Languages"
    }
  }

  // MARK: A place

  private static func section(
    _ number: Int, _ place: PlaceName, _ topics: [StrongestTerms.Topic], to out: inout ByteBuffer
  ) {
    out.append("<section id=\"place")
    out.append(decimal: UInt64(number + 1))
    out.append("\">\n<h2>")
    switch place.level {
    case .world: out.append("The world")
    case .country: out.append("Country ")
    case .place: out.append("Place ")
    case .lang: out.append("Language ")
    }
    if place.level != .world { out.append(isolated: place.name.span) }
    out.append("<small>")
    if topics.count == StrongestTerms.shownTerms { out.append("the ") }
    out.append(decimal: UInt64(topics.count))
    if topics.count == StrongestTerms.shownTerms {
      out.append(" strongest terms")
    } else {
      out.append(topics.count == 1 ? " term" : " terms")
    }
    out.append("</small></h2>\n")
    table(topics.prefix(openRows), from: 1, to: &out)
    if topics.count > openRows {
      out.append("<details><summary>")
      out.append(decimal: UInt64(topics.count - openRows))
      out.append(" more</summary>\n")
      table(topics.dropFirst(openRows), from: openRows + 1, to: &out)
      out.append("</details>\n")
    }
    out.append("</section>\n")
  }

  private static func table(
    _ topics: ArraySlice<StrongestTerms.Topic>, from first: Int, to out: inout ByteBuffer
  ) {
    out.append(
      """
      <div class="wide"><table>
      <thead><tr><th class="n">#</th><th>Term</th><th class="n">Users</th><th class="n">Expected</th><th class="n">p</th>\
      <th>Onset</th><th>Last stage</th><th>Users and expected</th><th>First tweets</th></tr></thead>
      <tbody>

      """)
    for (number, topic) in zip(first..., topics) { TrendPageRow.append(number, topic, to: &out) }
    out.append("</tbody>\n</table></div>\n")
  }

  private static func time(_ time: Int64, to out: inout ByteBuffer) { TrendPageRow.time(time, to: &out) }
}
