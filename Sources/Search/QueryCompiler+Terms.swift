internal import Bytes
internal import Commits
internal import QueryGrammar
internal import QueryMatching
internal import Records
internal import SearchIndex

/// The terms that one word or phrase of a query became, with their weight.
struct AnalysedWords {
  var plan: PhrasePlan
  /// Of the terms that are given whole, summed.
  var idf = 0.0
}

/// Clauses that the dictionary and the lists of terms answer.
extension QueryCompiler {
  /// The iterator of a term with its field byte. A term that is too long for an index keeps its beginning there.
  func term(_ key: [UInt8], _ segment: Segment, scorer: TermScorer?) throws -> DocIterator {
    let longest = SegmentFormat.longestTerm
    let kept = key.count > longest ? Array(key[..<longest]) : key
    guard kept.count > 1, let info = try segment.terms.find(kept.span) else { return RangeIterator(0..<0) }
    let isText = key.first == TermField.text.rawValue
    return TermIterator(try PostingsCursor(segment, info, hasCounts: isText), scorer: scorer)
  }

  func idKey(_ field: TermField, _ id: UInt64) -> [UInt8] {
    [field.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: id >> UInt64(56 - 8 * $0)) }
  }

  static func termField(_ field: QueryField) -> TermField {
    switch field {
    case .hashtag: .hashtag
    case .cashtag: .cashtag
    case .mention: .mention
    case .language: .language
    case .country: .country
    case .source: .source
    case .replyTweet: .replyTweet
    case .retweetTweet: .retweetTweet
    // Of whom a quote is only the record knows.
    case .quoteTweet, .quoteUser: .quoteTweet
    case .conversation: .conversation
    case .authorID: .authorID
    case .replyUser: .replyUser
    case .retweetUser: .retweetUser
    }
  }

  func fieldValues(_ field: QueryField, _ value: String, _ segment: Segment) throws -> DocIterator {
    let parts = try FieldValues.keys(field, value, &analysis).map {
      try term([Self.termField(field).rawValue] + $0, segment, scorer: nil)
    }
    return parts.count == 1 ? parts[0] : OrIterator(parts)
  }

  func account(_ role: QueryAccount, _ name: String, _ segment: Segment) throws -> DocIterator {
    let fields: (name: TermField, id: TermField) =
      switch role {
      case .author: (.author, .authorID)
      case .replied: (.replyName, .replyUser)
      case .retweeted: (.retweetName, .retweetUser)
      }
    let byName = try term([fields.name.rawValue] + analysis.folded(name), segment, scorer: nil)
    let id = FieldValues.id(name)
    return id == 0 ? byName : OrIterator([byName, try term(idKey(fields.id, id), segment, scorer: nil)])
  }

  func flag(_ flag: TweetFlag, _ segment: Segment) throws -> DocIterator {
    try term([TermField.flag.rawValue] + Array(flag.name.description.utf8), segment, scorer: nil)
  }

  func flags(_ property: QueryProperty, _ segment: Segment) throws -> DocIterator {
    if property == .lang {
      let undetermined = try term(Array("lund".utf8), segment, scorer: nil)
      return FilterIterator(try flag(.language, segment), excluding: [undetermined], tests: [])
    }
    var parts = try (property.flags ?? []).map { try flag($0, segment) }
    for host in property.hosts {
      parts.append(try term([TermField.host.rawValue] + Array(host.utf8), segment, scorer: nil))
    }
    return parts.count == 1 ? parts[0] : OrIterator(parts)
  }

  // MARK: Words

  func words(_ text: String, slop: Int, _ segment: Segment, _ scores: Bool) throws -> DocIterator {
    let words = try analyse(text, slop)
    let parts = words.plan.parts
    // What holds no word (punctuation, say) restricts nothing.
    guard let first = parts.first else { return RangeIterator(0..<segment.documentCount) }
    let scorer =
      scores && words.idf > 0
      ? TermScorer(idf: words.idf, norms: norms, segment: segment) : nil
    if parts.count == 1 {
      guard case .exact(let wanted) = first.term else { return try union(first.term, segment) }
      return try term(textKey(wanted), segment, scorer: scorer)
    }
    var single: [PhraseIterator.Part] = []
    var choices: [PhrasePart] = []
    let isPlain = slop == 0 && parts.allSatisfy { if case .exact = $0.term { true } else { false } }
    for part in parts {
      let found = try infos(part.term, segment).map {
        try PhraseIterator.Part(segment, $0, offset: part.offset)
      }
      if found.isEmpty { return RangeIterator(0..<0) }
      if isPlain { single.append(found[0]) } else { choices.append(PhrasePart(found, offset: part.offset)) }
    }
    return isPlain
      ? PhraseIterator(single, scorer: scorer) : SlopIterator(choices, slop: slop, scorer: scorer)
  }

  private func textKey(_ term: [UInt8]) -> [UInt8] { [TermField.text.rawValue] + term }

  // The plan of a word or phrase by the index's own analyzer.
  private func analyse(_ text: String, _ slop: Int) throws -> AnalysedWords {
    let name = "\(slop) \(text)"
    if let known = analysed[name] { return known }
    var words = AnalysedWords(plan: analysis.plan(text, slop: slop))
    for part in words.plan.parts {
      guard case .exact(let term) = part.term else { continue }
      let key = textKey(term)
      var df = 0
      for segment in segments { df += try segment.terms.find(key.span)?.documents ?? 0 }
      words.idf += BM25.idf(df: df, n: statistics.documents)
    }
    if analysed.count >= Self.mostWords { analysed.removeAll() }
    analysed[name] = words
    return words
  }

  // The terms of the text that are meant.
  private func infos(_ wanted: PhraseTerm, _ segment: Segment) throws -> [TermInfo] {
    switch wanted {
    case .exact(let term):
      let key = textKey(term)
      return try segment.terms.find(key.span).map { [$0] } ?? []
    case .prefix(let start): return try infos(from: textKey(start), wanted, segment)
    // A pair may begin with any character of its script: all terms from there on are looked at.
    case .half: return try infos(from: textKey([PhraseTerm.leastLead]), wanted, segment)
    }
  }

  private func infos(from start: [UInt8], _ wanted: PhraseTerm, _ segment: Segment) throws -> [TermInfo] {
    var infos: [TermInfo] = []
    var cursor = try TermCursor.seek(segment.terms, to: start.span)
    while try cursor.next(), cursor.term.span[0] == TermField.text.rawValue {
      let term = cursor.term.span
      if wanted.matches(term.extracting(1..<term.count)) {
        infos.append(cursor.info)
      } else if case .prefix = wanted {
        break
      }
    }
    return infos
  }

  func union(_ wanted: PhraseTerm, _ segment: Segment) throws -> DocIterator {
    let parts: [DocIterator] = try infos(wanted, segment).map {
      TermIterator(try PostingsCursor(segment, $0, hasCounts: true), scorer: nil)
    }
    return parts.isEmpty ? RangeIterator(0..<0) : try DocumentSet.union(parts, count: segment.documentCount)
  }

  // MARK: Links and places

  /// Words of paths, and parts of hosts: the dictionary's hosts are looked through.
  func linkWords(_ value: String, _ segment: Segment) throws -> DocIterator {
    var parts: [DocIterator] = []
    for term in analysis.linkTerms(of: value) {
      let pieces = try term.pieces.map { piece in
        try DocumentSet.union(
          [try self.term([TermField.urlWord.rawValue] + piece, segment, scorer: nil)] + hosts(piece, segment),
          count: segment.documentCount)
      }
      if pieces.count == 1 && term.pieces[0] == term.whole {
        parts.append(pieces[0])
      } else {
        let found = try hosts(term.whole, segment) + (pieces.isEmpty ? [] : [AndIterator(pieces)])
        parts.append(
          found.isEmpty
            ? RangeIterator(0..<0) : try DocumentSet.union(found, count: segment.documentCount))
      }
    }
    return parts.isEmpty ? RangeIterator(0..<0) : parts.count == 1 ? parts[0] : AndIterator(parts)
  }

  private func hosts(_ part: [UInt8], _ segment: Segment) throws -> [DocIterator] {
    var found: [DocIterator] = []
    var cursor = try TermCursor.seek(segment.terms, to: [TermField.host.rawValue].span)
    while try cursor.next(), cursor.term.span[0] == TermField.host.rawValue {
      let host = cursor.term.span
      if HostLabels.holds(host.extracting(1..<host.count), part.span) {
        found.append(TermIterator(try PostingsCursor(segment, cursor.info, hasCounts: false), scorer: nil))
      }
    }
    return found
  }

  /// A place by its id, or by words of its name.
  func placeWords(_ value: String, _ segment: Segment) throws -> DocIterator {
    let byID = try term([TermField.placeID.rawValue] + analysis.folded(value), segment, scorer: nil)
    let words = try analysis.terms(of: value).map {
      try term([TermField.placeWord.rawValue] + $0, segment, scorer: nil)
    }
    return words.isEmpty ? byID : OrIterator([byID, AndIterator(words)])
  }
}
