/// What is known at the end of a run: the tweets of all runs, this one included, and what was deleted.
public protocol KnownTweets {
  /// Says who made the tweets that `table` looks for, as far as they are known. Of what was deleted only this run's tweets
  /// are: of those of older runs nothing may be left.
  /// - Throws: what reading a store throws. - Complexity: O(known tweets).
  func find(_ table: inout AuthorTable) throws
  /// Whether a tweet was deleted.
  func isDeleted(tweet: UInt64) -> Bool
  /// Whether an account was deleted with its tweets.
  func isDeleted(user: UInt64) -> Bool
  /// Whether any account was.
  var hasDeletedUsers: Bool { get }
}
