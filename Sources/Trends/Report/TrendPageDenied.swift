internal import Bytes
internal import JSON

/// What the page says of terms that rules denied: a section at its end.
enum TrendPageDenied {
  /// Appends the section; nothing where nothing was denied.
  static func append(_ denied: DeniedTerms, to out: inout ByteBuffer) {
    let terms = denied.strongest
    if terms.isEmpty { return }
    out.append("<section id=\"denied\">\n<h2>Denied by rules<small>")
    if terms.count == DeniedTerms.shownTerms { out.append("the ") }
    out.append(decimal: UInt64(terms.count))
    if terms.count == DeniedTerms.shownTerms {
      out.append(" strongest terms")
    } else {
      out.append(terms.count == 1 ? " term" : " terms")
    }
    out.append("</small></h2>\n<p class=\"soft\">")
    for (index, term) in terms.enumerated() {
      if index > 0 { out.append(",\n") }
      out.append(isolated: term.peak.term.span)
      out.append(" (")
      out.append(isolated: term.reason.span)
      out.append("; ")
      out.append(decimal: UInt64(term.rows))
      out.append(term.rows == 1 ? " row)" : " rows)")
    }
    out.append("</p>\n</section>\n")
  }
}
