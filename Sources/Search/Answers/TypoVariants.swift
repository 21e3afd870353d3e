internal import Bytes
internal import Commits
internal import SearchIndex

/// What someone may have meant to type: beginnings of terms at one edit (a letter wrong, missing, too many, or two that
/// changed places) from a beginning.
///
/// Letters come from the dictionary itself, so that every script is served; for the first letter, where that would be
/// thousands, from a–z and 0–9.
enum TypoVariants {
  /// Shorter beginnings have no typos: every word would be one.
  static let shortest = 3

  /// Beginnings that some term has, in byte order. - Complexity: a look-up for each letter that may stand at each place.
  static func beginnings(of start: [UInt8], field: UInt8, in segments: [Segment]) throws(SegmentError)
    -> [[UInt8]]
  {
    let points = Array(String(decoding: start, as: UTF8.self).unicodeScalars)
    guard points.count >= shortest else { return [] }
    let pieces = points.map { utf8([$0]) }
    var found: Set<[UInt8]> = []
    // Put together in one place: thousands are looked up, few are there.
    var key: [UInt8] = []
    func take(_ head: Int, _ middle: [UInt8], _ tail: Int) throws(SegmentError) {
      key.removeAll(keepingCapacity: true)
      key.append(field)
      for piece in pieces[..<head] { key.append(contentsOf: piece) }
      key.append(contentsOf: middle)
      for piece in pieces[tail...] { key.append(contentsOf: piece) }
      for segment in segments where try segment.terms.holds(beginning: key.span) {
        found.insert(Array(key.dropFirst()))
        return
      }
    }
    for place in points.indices {
      // One too many. Without the last: this holds all that is wrong there, too.
      try take(place, [], place + 1)
      if place == points.count - 1 { break }
      try take(place, pieces[place + 1] + pieces[place], place + 2)
      for letter in try letters(behind: utf8(points[..<place]), field, segments) {
        let piece = utf8([letter])
        try take(place, piece, place)
        if letter != points[place] { try take(place, piece, place + 1) }
      }
    }
    // A beginning of another one leads to all that it does.
    let sorted = found.sorted { $0.lexicographicallyPrecedes($1) }
    var shortest: [[UInt8]] = []
    for bytes in sorted where !(shortest.last.map { bytes.starts(with: $0) } ?? false) {
      shortest.append(bytes)
    }
    return shortest
  }

  private static func utf8(_ points: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: points)
    return Array(String(view).utf8)
  }

  // The letters that follow a beginning in some term.
  private static func letters(behind start: [UInt8], _ field: UInt8, _ segments: [Segment])
    throws(SegmentError)
    -> [Unicode.Scalar]
  {
    if start.isEmpty { return (Array(0x30...0x39) + Array(0x61...0x7A)).map { Unicode.Scalar(UInt8($0)) } }
    var letters: Set<Unicode.Scalar> = []
    let key = [field] + start
    for segment in segments {
      var target = key
      while true {
        var cursor = try TermCursor.seek(segment.terms, to: target.span)
        guard try cursor.next(), cursor.term.commonPrefix(with: key.span) == key.count else { break }
        let rest = cursor.term.copy(key.count..<min(key.count + 4, cursor.term.count))
        guard let first = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
          // The beginning itself.
          target = key + [0]
          continue
        }
        letters.insert(first)
        // Behind all terms that go on so: no UTF-8 holds this byte.
        target = key + utf8([first]) + [0xFF]
      }
    }
    return letters.sorted { $0.value < $1.value }
  }
}
