public import Records

/// What a chunk says about relations.
public struct RelationBatch: Sendable {
  /// Edges without a time: follower and followee by turns.
  public var edges: [UInt64] = []
  /// Everything else.
  public var changes: [RelationChange] = []
  /// Read, rejected and filtered; what is used is counted by the graph, where repetitions show.
  public var ledger = Ledger()
  /// In order.
  public var rejects: [Reject] = []
  /// What stands in a graph file that does not belong there, or nil.
  public var misplaced: MisplacedRecord?

  /// Nothing yet.
  public init() {}

  mutating func reject(_ rejection: Rejection, _ place: Place, raw: [UInt8]) {
    ledger.rejected += 1
    rejects.append(
      Reject(
        program: place.program, source: place.source, member: place.member, line: place.line,
        offset: place.offset, rejection: rejection, raw: raw))
  }

  // Where a record stands.
  struct Place {
    var program: String
    var source: String
    var member: String
    var line: Int
    var offset: Int
  }

  /// Adds an edge, unless both ends are one account: nobody follows himself.
  @inline(__always)
  mutating func add(_ edge: FollowEdge) throws(Rejection) {
    if edge.follower == edge.followee { throw Self.oneAccount(edge.follower) }
    if let at = edge.at {
      changes.append(RelationChange(.follow, edge.follower, edge.followee, at: at, isOn: true))
    } else {
      edges.append(edge.follower)
      edges.append(edge.followee)
    }
  }

  static func oneAccount(_ id: UInt64) -> Rejection {
    Rejection(.badID, "expected two accounts, found \(id) twice")
  }
}

/// A file given as a graph holds something else: nothing of it can be trusted to be one.
public struct MisplacedRecord: Error, Equatable, Sendable {
  /// The file, and the member in it.
  public var path: String
  /// From 1.
  public var line: Int
  /// What is there: "a tweet".
  public var found: String
  /// Whether `ingest` would make records of it.
  public var isRaw: Bool
}
