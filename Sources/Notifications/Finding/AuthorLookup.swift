internal import Bytes

/// Finds the authors of targets in the order in which occurrences are read: reads ahead, and looks for many at once.
///
/// Memory: 23 to 46 bytes for each of `limit` targets. - Complexity: O(known tweets) for every `limit` targets.
struct AuthorLookup<Known: KnownTweets>: ~Copyable {
  private let known: Known
  private var ahead: RowCursor<Occurrence>
  private var table = AuthorTable()
  private var covered: UInt64 = 0
  private let limit: Int

  /// - Parameter limit: how many are looked for at once.
  init(_ rows: SortedRows<Occurrence>, _ known: Known, limit: Int) throws(SystemError) {
    self.known = known
    self.limit = limit
    ahead = try rows.cursor()
  }

  /// Whether the author of the target must be looked for.
  static func needs(_ row: Occurrence) -> Bool { row.target > 0 && row.recipient == 0 }

  /// Who made the target of a row that needs it; 0 when it is unknown. Targets ascend from call to call.
  mutating func author(_ row: Occurrence) throws -> UInt64 {
    if row.target > covered { try refill() }
    return table.author(of: row.target)
  }

  private mutating func refill() throws {
    table = AuthorTable()
    var last = covered
    while table.count < limit {
      guard let row = try ahead.next() else {
        last = .max
        break
      }
      if row.target > covered && Self.needs(row) {
        table.insert(row.target)
        last = row.target
      }
    }
    covered = last
    if table.count > 0 { try known.find(&table) }
  }
}
