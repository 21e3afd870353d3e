internal import Bytes
internal import JSON
internal import Records

/// A term's row of the page.
enum TrendPageRow {
  static func append(_ number: Int, _ topic: StrongestTerms.Topic, to out: inout ByteBuffer) {
    let peak = topic.peak
    out.append("<tr><td class=\"n soft\">")
    out.append(decimal: UInt64(number))
    out.append("</td><th scope=\"row\">")
    out.append(isolated: peak.term.span)
    out.append("<span class=\"also\">")
    out.append(string: peak.kind.name)
    // The term as an index has it is a variant too; it stands above.
    for (index, form) in topic.last.variants.filter({ $0 != peak.term }).enumerated() {
      out.append(index == 0 ? ": " : ", ")
      out.append(isolated: form.span)
    }
    out.append("</span></th><td class=\"n\">")
    out.append(decimal: UInt64(max(peak.users, 0)))
    out.append("</td><td class=\"n\">")
    out.append(string: peak.expectedText)
    out.append("</td><td class=\"n\">")
    out.append(string: peak.probabilityText)
    out.append("</td><td class=\"when\">")
    time(topic.onset, to: &out)
    out.append("</td><td class=\"when\"><span class=\"stage ")
    out.append(string: topic.last.stage.rawValue)
    out.append("\">")
    out.append(string: topic.last.stage.rawValue)
    out.append("</span><span class=\"also\">until ")
    time(topic.last.windowEnd, to: &out)
    out.append("</span></td><td>")
    TrendChart.append(topic.series, to: &out)
    counts(topic.series, to: &out)
    out.append("</td><td class=\"ids\">")
    for id in peak.examples {
      out.append("<a rel=\"noopener noreferrer\" href=\"https://twitter.com/i/web/status/")
      out.append(decimal: id)
      out.append("\">")
      out.append(decimal: id)
      out.append("</a>")
    }
    out.append("</td></tr>\n")
  }

  private static func counts(_ series: UserSeries, to out: inout ByteBuffer) {
    out.append("<span class=\"also\">")
    out.append(decimal: UInt64(series.windows))
    out.append(series.windows == 1 ? " window" : " windows")
    if series.episodes > 1 {
      out.append(", ")
      out.append(decimal: UInt64(series.episodes))
      out.append(" episodes")
    }
    out.append("</span>")
  }

  /// A time for people and for programs.
  static func time(_ time: Int64, to out: inout ByteBuffer) {
    out.append("<time datetime=\"")
    Timestamp.append(time, to: &out)
    out.append("\">")
    out.append(string: TrendTime.minutes(time))
    out.append("</time>")
  }
}
