/// How a hit's score comes about; the numbers are those that were multiplied and summed, in that order:
/// `score = bm25 × recency × engagement`, or `bm25` alone where nothing is weighed.
public struct ScoreExplanation: Equatable, Sendable {
  /// What the hit is ordered by.
  public var score: Double
  /// The sum of `parts`.
  public var bm25: Double
  /// Documents searched (deleted ones until they are merged away), over all folders.
  public var documents: Int
  /// Positions of a document, on average.
  public var meanLength: Double
  /// The text's length in positions.
  public var length: Int
  /// The factor of age, and the age in ms; nil where age is not weighed.
  public var recency: (factor: Double, age: Int64)?
  /// The factor of engagement, and likes, retweets, replies and quotes; nil where it is not weighed.
  public var engagement: (factor: Double, total: Double)?
  /// What each clause that scores gives.
  public var parts: [ScorePart]

  /// Whether the sums are the same.
  public static func == (a: ScoreExplanation, b: ScoreExplanation) -> Bool {
    a.score == b.score && a.bm25 == b.bm25 && a.parts == b.parts
  }
}

/// What one clause adds to a score.
public indirect enum ScorePart: Equatable, Sendable {
  /// A word or phrase.
  case term(TermPart)
  /// Clauses in parentheses: their sum is added as one number.
  case group([ScorePart], score: Double)

  /// What it adds.
  public var score: Double {
    switch self {
    case .term(let part): part.score
    case .group(_, let score): score
    }
  }
}

/// The BM25 of one word or phrase.
public struct TermPart: Equatable, Sendable {
  /// As the query has it.
  public var text: String
  /// Its terms, with the documents that hold each.
  public var terms: [(term: String, df: Int, idf: Double)]
  /// How often it stands in the text.
  public var frequency: Int
  /// Of its terms, summed.
  public var idf: Double
  /// `idf × tf × (k1 + 1) / (tf + k1 × (1 − b + b × length / mean length))`.
  public var score: Double

  /// Whether the sums are the same.
  public static func == (a: TermPart, b: TermPart) -> Bool {
    a.text == b.text && a.frequency == b.frequency && a.idf == b.idf && a.score == b.score
  }
}
