internal import SearchIndex

/// What `--facet` counts the values of.
public enum FacetField: String, CaseIterable, Sendable {
  case hashtag, user, mention, lang, country, place, source, host, media

  /// Where the values are terms: their field in the dictionary.
  var term: TermField? {
    switch self {
    case .hashtag: .hashtag
    case .mention: .mention
    case .source: .source
    case .host: .host
    default: nil
    }
  }
}

/// A value of a facet, with the tweets that have it.
public struct FacetCount: Equatable, Sendable {
  /// As one would search for it: a tag, handle or host folded, without `#` and `@`; an account's handle as its newest tweet
  /// writes it; an app as the newest match writes it; a country in capitals; the name of a place.
  public var value: String
  /// An account's or place's id, where there is one.
  public var id: String?
  /// Tweets among the matches.
  public var count: Int

  /// A value.
  public init(value: String, id: String? = nil, count: Int) {
    self.value = value
    self.id = id
    self.count = count
  }
}

extension Matches {
  /// The `limit` most frequent values of a field, exact; ties in the order of the values' bytes (accounts and places by id).
  ///
  /// - Complexity: terms are walked once, and a term's list only where it may be among the most frequent; other fields cost
  ///   2 ns a match.
  public func facet(_ field: FacetField, limit: Int) throws -> [FacetCount] {
    switch field {
    case .hashtag, .mention, .host: return try terms(field.term ?? .hashtag, limit)
    case .source: return try sources(limit)
    case .user: return try users(limit)
    case .lang: return try languages(limit)
    case .country, .place: return try places(field, limit)
    case .media: return try media(limit)
    }
  }
}
