public import SearchIndex

/// A query as a tree. Every node knows the column it came from (from 1, in characters).
public indirect enum QueryNode: Equatable, Sendable {
  /// A word of the text, to be analysed as texts are; it may become several terms.
  case word(String, column: Int)
  /// Words beside one another.
  case phrase(String, column: Int)
  /// Terms of the text that begin so.
  case prefix(String, column: Int)
  /// A value of a field, matched whole after folding.
  case field(TermField, String, column: Int)
  /// A tweet's or account's id in a field.
  case fieldID(TermField, UInt64, column: Int)
  /// Words of a link's address, or of a place's name.
  case fieldWords([TermField], String, column: Int)
  /// A property.
  case flag(TweetFlag, column: Int)
  /// A number between bounds, both included.
  case range(NumberField, ClosedRange<Int64>, column: Int)
  /// All of them.
  case and([QueryNode])
  /// Any of them.
  case or([QueryNode])
  /// Not it.
  case not(QueryNode)
  /// Every tweet.
  case all
}

/// What a range can ask for.
public enum NumberField: String, Sendable {
  /// Milliseconds since 1970.
  case time
  /// The tweet's id.
  case id
  /// Engagement; what the source did not say counts as 0.
  case likes, retweets, replies, quotes
}

/// What is wrong with a query, and where.
public struct QueryError: Error, Equatable, Sendable {
  /// From 1, in characters.
  public var column: Int
  /// What was expected and found.
  public var message: String
  /// What to write instead.
  public var hint: String?

  /// An error at a column.
  public init(_ column: Int, _ message: String, hint: String? = nil) {
    self.column = column
    self.message = message
    self.hint = hint
  }
}
