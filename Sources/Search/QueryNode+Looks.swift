internal import QueryGrammar
internal import SearchIndex

extension QueryProperty {
  /// The flags any of which means it; nil where lists of terms do not tell.
  var flags: [TweetFlag]? {
    switch self {
    case .media: [.media]
    case .images: [.images]
    case .videos: [.videos]
    case .gifs: [.animated]
    case .links: [.links]
    case .hashtags: [.hashtags]
    case .cashtags: [.cashtags]
    case .mentions: [.mentions]
    case .lang: [.language]
    case .geo: [.point, .place]
    case .reply: [.reply]
    case .retweet: [.retweet]
    case .quote: [.quote]
    case .verified: [.verified]
    case .protected: [.protected]
    case .sensitive: [.sensitive]
    case .periscope, .vine: []
    case .selfThread, .engagement, .spaces, .positive, .negative, .question: nil
    }
  }

  /// The hosts any of which means it.
  var hosts: [String] {
    switch self {
    case .periscope: ["periscope.tv", "pscp.tv"]
    case .vine: ["vine.co"]
    default: []
    }
  }
}

/// What answering a clause takes.
enum ClauseCost: Int, Comparable {
  /// Lists of terms.
  case lists
  /// A number of each document.
  case columns
  /// The stored record of each document.
  case records

  static func < (a: ClauseCost, b: ClauseCost) -> Bool { a.rawValue < b.rawValue }
}

extension QueryNode {
  /// The dearest of what its clauses take.
  var takes: ClauseCost {
    switch self {
    case .and(let parts), .or(let parts): parts.map(\.takes).max() ?? .lists
    case .not(let inner): inner.takes
    case .range(.id, _, _): .lists
    case .range(let field, _, _): field.isOfAuthor ? .records : .columns
    case .within, .area, .sample, .property(.engagement, _): .columns
    case .substring, .fieldID(.quoteUser, _, _): .records
    case .words(let field, _, _): field == .link || field == .place ? .lists : .records
    case .property(let property, _): property.flags == nil ? .records : .lists
    default: .lists
    }
  }

  /// Whether a match may add to the score.
  var scores: Bool {
    switch self {
    case .word, .phrase: true
    case .and(let parts), .or(let parts): parts.contains(where: \.scores)
    default: false
    }
  }

  /// Whether documents must be looked at one by one.
  var needsLook: Bool { takes > .lists }

  /// Whether it is itself such a clause, and not one made of others.
  var isLook: Bool {
    switch self {
    case .and, .or, .not: false
    default: needsLook
    }
  }

  /// The flag without which no document passes, of a clause that stored records answer.
  var flagOfCandidates: TweetFlag? {
    switch self {
    case .fieldID(.quoteUser, _, _): .quote
    case .property(.selfThread, _): .reply
    case .property(.spaces, _), .substring(.link, _, _): .links
    default: nil
    }
  }
}
