internal import Bytes
internal import Records

/// What the reader of a member knows beforehand and every decoder of its chunks needs.
final class MemberContext: Sendable {
  /// How its records are written.
  enum Form: Sendable, Equatable {
    /// JSON values.
    case json
    /// Rows of a table.
    case rows
    /// Pairs of ids, one a line.
    case edges
  }

  let form: Form
  /// The table's columns.
  let columns: TableColumns?
  /// Whose account archive this is.
  let owner: ArchiveOwner?
  /// Where large values wait for their turn; nil when they need not.
  let gate: BoundedQueue<Bool>?

  init(
    form: Form, columns: TableColumns? = nil, owner: ArchiveOwner? = nil, gate: BoundedQueue<Bool>? = nil
  ) {
    self.gate = gate
    self.form = form
    self.columns = columns
    self.owner = owner
  }
}

/// The owner of an account archive, whose tweets do not name their author.
struct ArchiveOwner: Sendable, Equatable {
  var id: UInt64 = 0
  var username: [UInt8] = []
  var name: [UInt8] = []
  var bio: [UInt8] = []
  var location: [UInt8] = []
  var createdAt: Int64?
}
