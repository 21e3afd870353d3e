internal import Bytes
internal import Commits
internal import SearchIndex

/// A walk over terms that begin in one of several ways, those of most documents first: what is asked for is mostly among
/// them, and each look at a list costs more than hundreds of terms passed over.
///
/// Of each segment the most frequent terms are kept in a pool, each then counted over all segments. What is in no pool is
/// held by no more documents than the least of every pool together; where that is too many, all terms are walked.
struct FrequentTerms {
  /// A beginning of terms; its first byte is the field.
  typealias Beginning = [UInt8]
  private typealias Entry = (documents: Int, beginning: Int, term: [UInt8])

  private let segments: [Segment]
  private let beginnings: [Beginning]
  private let size: Int
  private let accepts: (Int, [UInt8]) -> Bool

  /// How many terms are kept for answers of so many: some hold only what was deleted, or nothing lately.
  static func pool(_ limit: Int) -> Int { min(limit, 4096) + 6 }

  /// Of no beginning another one begins; `size` terms of a segment or more are kept. Terms come without their field.
  init(
    _ segments: [Segment], _ beginnings: [Beginning], size: Int, accepts: @escaping (Int, [UInt8]) -> Bool
  ) {
    self.segments = segments
    self.beginnings = beginnings
    self.size = max(size, 1)
    self.accepts = accepts
  }

  /// Calls `body` with the number of the beginning and every term that at least so many documents hold: `least` at first,
  /// then what `body` says; nil ends the walk. Each term comes once.
  func each(least: Int, _ body: (Int, MergedTerms.Visit) throws -> Int?) throws {
    var least = least
    var unseen = 0
    var isWhole = true
    var found: [[UInt8]: (beginning: Int, visit: MergedTerms.Visit)] = [:]
    for segment in segments.indices {
      var pool: [Entry] = []
      let floor = try fill(&pool, segment, least: segments.count == 1 ? least : 0)
      unseen += floor
      if floor > 0 { isWhole = false }
      for entry in pool {
        let key = [beginnings[entry.beginning][0]] + entry.term
        if found[key] == nil, let visit = try Self.visit(key, segments) {
          found[key] = (entry.beginning, visit)
        }
      }
    }
    let sorted = found.sorted { a, b in
      a.value.visit.documents != b.value.visit.documents
        ? a.value.visit.documents > b.value.visit.documents : a.key.lexicographicallyPrecedes(b.key)
    }
    for (_, (beginning, visit)) in sorted where visit.documents >= least {
      guard let next = try body(beginning, visit) else { return }
      least = next
    }
    if isWhole || least > unseen { return }
    for number in beginnings.indices {
      try MergedTerms.each(segments, prefix: beginnings[number], least: least) { visit in
        if found[[beginnings[number][0]] + visit.term] == nil, accepts(number, visit.term) {
          guard let next = try body(number, visit) else { return nil }
          least = next
        }
        return least
      }
    }
  }

  // Keeps the most frequent terms of a segment. - Returns: what no term left out exceeds; 0 where none was.
  private func fill(_ pool: inout [Entry], _ segment: Int, least: Int) throws -> Int {
    var floor = 0
    for number in beginnings.indices {
      // So many terms at least are as frequent: none below needs a look.
      floor = max(floor, try sure(number, segments[segment], least: max(least, floor + 1)) - 1)
      try MergedTerms.each([segments[segment]], prefix: beginnings[number], least: max(least, floor + 1)) {
        visit in
        if accepts(number, visit.term) {
          pool.append((visit.documents, number, visit.term))
          if pool.count >= 2 * size { floor = cut(&pool) }
        }
        return max(least, floor + 1)
      }
    }
    return floor
  }

  // What `size` terms have or exceed, found in the heaviest blocks; 0 where it is not known.
  private func sure(_ number: Int, _ segment: Segment, least: Int) throws(SegmentError) -> Int {
    let prefix = beginnings[number]
    let heavy = try segment.terms.heavyBound(size, of: prefix.span)
    if heavy <= least { return 0 }
    var cursor = try TermCursor.seek(segment.terms, to: prefix.span)
    let last = try segment.terms.lastBlock(of: prefix.span)
    var counts: [Int] = []
    while try cursor.next(prefix.span, through: last, least: least, heavy: heavy) {
      let documents = cursor.info.documents
      if counts.count == size, let few = counts.last, documents <= few { continue }
      guard accepts(number, cursor.term.copy(1..<cursor.term.count)) else { continue }
      counts.insert(documents, at: counts.firstIndex { $0 < documents } ?? counts.count)
      if counts.count > size { counts.removeLast() }
    }
    return counts.count == size ? counts.last ?? 0 : 0
  }

  private func cut(_ pool: inout [Entry]) -> Int {
    pool.sort { $0.documents > $1.documents }
    pool.removeLast(pool.count - size)
    return pool[size - 1].documents
  }

  /// A term's lists in all segments; nil where none has it. Its first byte is the field.
  static func visit(_ key: [UInt8], _ segments: [Segment]) throws(SegmentError) -> MergedTerms.Visit? {
    var visit: MergedTerms.Visit = (Array(key.dropFirst()), 0, [])
    for (number, segment) in segments.enumerated() {
      guard let info = try segment.terms.find(key.span) else { continue }
      visit.documents += info.documents
      visit.lists.append((number, info))
    }
    return visit.lists.isEmpty ? nil : visit
  }
}
