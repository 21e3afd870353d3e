internal import Bytes

/// Collects edges and changes in any order and makes a graph of them.
///
/// Memory while collecting: 4 to 6 bytes an edge without a time, 16 a change, 24 to 40 an account.
public struct RelationLog: ~Copyable {
  private var numbers = UserNumbers()
  private var stage = EdgeStage()
  private var changes: [[ChangeTable.Change]] = Array(repeating: [], count: Relation.allCases.count)
  // Files have the edges of an account together: its number is looked up once.
  private var lastID: UInt64 = 0
  private var lastNumber: UInt32 = 0

  /// An empty log.
  public init() {}

  /// Adds what was read from a chunk. - Complexity: O(n), one hash look-up an id.
  public mutating func add(_ batch: RelationBatch) {
    let edges = batch.edges
    for index in stride(from: 0, to: edges.count - 1, by: 2) {
      addEdge(edges[index], edges[index + 1])
    }
    for change in batch.changes { add(change) }
  }

  /// Adds a change; a follow without a time is an edge.
  public mutating func add(_ change: RelationChange) {
    if change.relation == .follow && change.isOn && change.at <= RelationChange.oldest {
      return addEdge(change.user, change.target)
    }
    let user = numbers.number(change.user)
    let target = numbers.number(change.target)
    changes[Int(change.relation.rawValue)].append(
      ChangeTable.Change(owner: user, other: target, at: change.at, isOn: change.isOn))
  }

  /// Gives an account a number, though nothing may be known of whom it follows. - Returns: the number of this log.
  @discardableResult
  package mutating func add(user: UInt64) -> UInt32 { numbers.number(user) }

  /// Adds an edge between accounts that have numbers.
  package mutating func add(numbered follower: UInt32, _ followee: UInt32) { stage.add(follower, followee) }

  @inline(__always)
  private mutating func addEdge(_ follower: UInt64, _ followee: UInt64) {
    if follower != lastID {
      lastID = follower
      lastNumber = numbers.number(follower)
    }
    stage.add(lastNumber, numbers.number(followee))
  }

  /// The graph. - Complexity: O(edges), and O(n log n) for accounts and changes. Memory: as `AdjacencyBuilder`.
  public consuming func finish(threads: Int) -> FollowGraph {
    let (users, ranks) = numbers.sorted()
    let tables = changes.map { list in
      ChangeTable(
        list.map { change in
          var renamed = change
          renamed.owner = ranks[Int(change.owner)]
          renamed.other = ranks[Int(change.other)]
          return renamed
        })
    }
    let followers = Self.followers(stage.finish(ranks), users.count, threads)
    let followees = AdjacencyBuilder.group(
      Transposed(lists: followers), owners: users.count, sorted: true, threads: threads)
    return FollowGraph(users: users, followees: followees, followers: followers, tables: tables)
  }

  // A transposition sorts: it walks the owners in order. So the first grouping need not, and nothing is ever compared.
  private static func followers(_ edges: consuming StagedEdges, _ users: Int, _ threads: Int) -> Adjacency {
    let rough = AdjacencyBuilder.group(edges, owners: users, sorted: false, threads: threads)
    return AdjacencyBuilder.group(Transposed(lists: rough), owners: users, sorted: true, threads: threads)
  }
}
