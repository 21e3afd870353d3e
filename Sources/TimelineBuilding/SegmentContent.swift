internal import Commits
internal import Timelines
internal import Follows

/// What one segment is made of, accounts by id.
struct SegmentContent {
  /// In order of time and id, each id once, none of them deleted by its id.
  private(set) var tweets: [TweetFacts] = []
  /// By tweet: whether another tombstone hides it. Its row stays, so that no other record of its id takes its place.
  private(set) var hidden: [Bool] = []
  /// Ids of tweets whose rows in older segments no longer stand, ascending.
  var superseded: [UInt64] = []
  /// Follows without a time that no older segment has.
  var edges = EdgeSet.none
  /// Changes that no older segment has, as numbers of the whole graph, sorted.
  var changes: [[ChangeRow]] = Array(repeating: [], count: ChangeKind.allCases.count)
  /// The last names that were seen.
  var names = NameList()
  /// Tombstones, ascending.
  var deletedTweets: [UInt64] = []
  var deletedUsers: [UInt64] = []
  /// Accounts, as numbers of the whole graph, for whom older segments hold no longer all, ascending.
  var resets: [UInt32] = []
  /// The latest time of anything in it.
  var newest = Int64.min

  /// Edges of a graph.
  enum EdgeSet {
    case none
    /// All that the graph has.
    case all
    /// Follower and followee in one word each, as numbers of the graph, ascending.
    case some([UInt64])
  }

  /// Adds the next tweet.
  mutating func add(_ tweet: TweetFacts, isHidden: Bool) {
    tweets.append(tweet)
    hidden.append(isHidden)
  }

  var isEmpty: Bool {
    let hasNoEdges =
      switch edges {
      case .none: true
      case .all: false
      case .some(let list): list.isEmpty
      }
    return tweets.isEmpty && hasNoEdges && changes.allSatisfy(\.isEmpty) && names.entries.isEmpty
      && deletedTweets.isEmpty && deletedUsers.isEmpty
  }
}
