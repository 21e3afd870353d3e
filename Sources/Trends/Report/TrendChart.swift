internal import Bytes
internal import JSON

/// A series as a small SVG: users as a line over a tint, what was expected as a dashed one.
///
/// Within an episode the distance is time; between episodes there is a fixed gap, however long it was quiet. The vertical
/// axis begins at zero. Colours come from the page's style.
enum TrendChart {
  static let width = 240.0
  static let height = 56.0
  private static let margin = 5.0
  /// Between two episodes.
  private static let gap = 12.0

  /// Appends the picture, with a title that says the same in words.
  static func append(_ series: UserSeries, to out: inout ByteBuffer) {
    out.append("<svg class=\"chart\" viewBox=\"0 0 240 56\" role=\"img\"><title>")
    out.append(string: title(series))
    out.append("</title><path class=\"axis\" d=\"M0 51H240\"/>")
    let runs = episodes(series.points)
    let most = series.points.reduce(1.0) { max($0, max(Double($1.users), $1.expected)) }
    let xs = places(runs)
    for (run, xs) in zip(runs, xs) {
      let users = run.map { y(Double($0.users), most) }
      let expected = run.map { y($0.expected, most) }
      if run.count == 1 {
        // A line of one point: a mark, and a dash for the expectation.
        line("expected", [xs[0] - 5, xs[0] + 5], [expected[0], expected[0]], to: &out)
        dot(xs[0], users[0], to: &out)
        continue
      }
      tint(xs, users, to: &out)
      line("expected", xs, expected, to: &out)
      line("users", xs, users, to: &out)
    }
    mark(runs, xs, most, to: &out)
    out.append("</svg>")
  }

  private static func title(_ series: UserSeries) -> String {
    let points = series.points
    let most = points.map(\.users).max() ?? 0
    let expected = points.map(\.expected).max() ?? 0
    return
      "At most \(most) accounts, where at most \(Trend.text(Significant.round(expected))) were expected, "
      + "in \(series.windows) \(series.windows == 1 ? "window" : "windows")"
  }

  private static func episodes(_ points: [UserSeries.Point]) -> [[UserSeries.Point]] {
    var runs: [[UserSeries.Point]] = []
    for point in points {
      if let last = runs.last?.last, last.episode == point.episode {
        runs[runs.count - 1].append(point)
      } else {
        runs.append([point])
      }
    }
    return runs
  }

  // Where each point of each episode stands.
  private static func places(_ runs: [[UserSeries.Point]]) -> [[Double]] {
    let lengths = runs.map { run in run.isEmpty ? 0 : Double(run[run.count - 1].end - run[0].end) }
    let total = lengths.reduce(0, +)
    let room = width - 2 * margin
    let gaps = Double(max(runs.count - 1, 0))
    // Without any length the gaps share the room; else they take at most half of it.
    let between = gaps == 0 ? 0 : total == 0 ? room / gaps : min(gap, room / 2 / gaps)
    let scale = total == 0 ? 0 : (room - gaps * between) / total
    var start = gaps == 0 && total == 0 ? width / 2 : margin
    return zip(runs, lengths).map { run, length in
      let first = start
      start += length * scale + between
      return run.map { first + Double($0.end - run[0].end) * scale }
    }
  }

  private static func y(_ value: Double, _ most: Double) -> Double {
    height - margin - value / most * (height - 2 * margin)
  }

  // MARK: Marks

  private static func line(_ name: StaticString, _ xs: [Double], _ ys: [Double], to out: inout ByteBuffer) {
    out.append("<path class=\"")
    out.append(name)
    out.append("\" d=\"")
    path(xs, ys, to: &out)
    out.append("\"/>")
  }

  private static func tint(_ xs: [Double], _ ys: [Double], to out: inout ByteBuffer) {
    out.append("<path class=\"tint\" d=\"")
    path([xs[0]] + xs + [xs[xs.count - 1]], [height - margin] + ys + [height - margin], to: &out)
    out.append("Z\"/>")
  }

  private static func path(_ xs: [Double], _ ys: [Double], to out: inout ByteBuffer) {
    for index in xs.indices {
      out.append(index == 0 ? "M" : "L")
      append(xs[index], to: &out)
      out.append(UInt8(ascii: " "))
      append(ys[index], to: &out)
    }
  }

  // The highest point.
  private static func mark(
    _ runs: [[UserSeries.Point]], _ xs: [[Double]], _ most: Double, to out: inout ByteBuffer
  ) {
    var best: (users: Int, x: Double, isAlone: Bool)?
    for (run, xs) in zip(runs, xs) {
      for (point, x) in zip(run, xs) where point.users > best?.users ?? -1 {
        best = (point.users, x, run.count == 1)
      }
    }
    // One that stands alone is a dot already.
    if let best, !best.isAlone { dot(best.x, y(Double(best.users), most), to: &out) }
  }

  private static func dot(_ x: Double, _ y: Double, to out: inout ByteBuffer) {
    out.append("<circle r=\"2.5\" cx=\"")
    append(x, to: &out)
    out.append("\" cy=\"")
    append(y, to: &out)
    out.append("\"/>")
  }

  // Tenths, rounded.
  private static func append(_ value: Double, to out: inout ByteBuffer) {
    out.append(number: (value * 10).rounded() / 10)
  }
}
