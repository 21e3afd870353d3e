internal import Commits
internal import SearchIndex

/// BM25 as S. Robertson and H. Zaragoza give it ("The Probabilistic Relevance Framework", 2009), with the idf of Lucene,
/// which is never negative:
///
///     idf = ln(1 + (N − df + 0.5) / (df + 0.5))
///     score = idf × tf × (k1 + 1) / (tf + k1 × (1 − b + b × length / mean length))
///
/// `N`, `df` and the mean length are summed over all folders searched; lengths are counted in positions.
public enum BM25 {
  /// How soon further occurrences stop to count.
  public static let k1 = 1.2
  /// How much longer texts are worth less.
  public static let b = 0.75

  /// The weight of a term that `df` of `n` documents hold.
  public static func idf(df: Int, n: Int) -> Double {
    Log.natural(1 + (Double(n) - Double(df) + 0.5) / (Double(df) + 0.5))
  }
}

/// k1 × (1 − b + b × length / mean length): what BM25 makes of a length.
struct LengthNorms {
  private let mean: Double
  // Of short texts, which are nearly all.
  private let short: [Double]

  /// `mean` is that of all documents searched.
  init(mean: Double) {
    self.mean = mean
    short = (0..<256).map { Self.norm($0, mean) }
  }

  private static func norm(_ length: Int, _ mean: Double) -> Double {
    BM25.k1 * (1 - BM25.b + BM25.b * Double(length) / mean)
  }

  subscript(length: Int) -> Double {
    length >= 0 && length < 256 ? short[length] : Self.norm(length, mean)
  }
}

/// Scores one term (or phrase) in one segment.
final class TermScorer {
  let weight: Double
  let norms: LengthNorms
  private let lengths: TextLengths

  /// A scorer for terms with `idf`.
  init(idf: Double, norms: LengthNorms, segment: Segment) {
    weight = idf * (BM25.k1 + 1)
    lengths = segment.lengths
    self.norms = norms
  }

  /// What no score exceeds.
  var greatest: Double { weight }

  /// What no score of a block with this impact exceeds: BM25 grows with the frequency and falls with the length.
  func bound(_ impact: BlockImpact) -> Double {
    var bound = 0.0
    if impact.greatest >= 1, impact.once < 255 || impact.greatest == 1 {
      bound = max(bound, weight / (1 + norms[Int(impact.once)]))
    }
    if impact.greatest >= 2 { bound = max(bound, weight * 2 / (2 + norms[Int(impact.twice)])) }
    if impact.greatest == 255 { return weight }
    if impact.greatest >= 3 {
      let tf = Double(impact.greatest)
      bound = max(bound, weight * tf / (tf + norms[Int(impact.often)]))
    }
    // Texts of 255 positions and more are all kept as 255.
    return max(bound, weight / (1 + norms[255]))
  }

  func score(frequency: Int, document: Int) throws(SegmentError) -> Double {
    score(frequency: frequency, length: try lengths.value(document))
  }

  func score(frequency: Int, length: Int) -> Double {
    let tf = Double(frequency)
    return weight * tf / (tf + norms[length])
  }
}
