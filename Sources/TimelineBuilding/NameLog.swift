internal import Activity
internal import Bytes

/// The name that each account bore last: of two of one moment the greater one, so that the order of arrival decides nothing.
///
/// Memory: about 80 bytes an account, however often it is called otherwise.
struct NameLog: ~Copyable {
  private struct Last {
    var at: Int64
    var start: UInt32
    var count: UInt32
    // Bytes that are there for it.
    var room: UInt32
  }
  private var last: [UInt64: Last] = [:]
  private var arena = ByteBuffer(capacity: 1 << 12)

  init() {}

  /// Adds what a batch says.
  mutating func add(_ batch: NameBatch) {
    for entry in batch.entries { add(entry.user, batch.bytes(entry), at: entry.at) }
  }

  /// Bytes that all names take.
  var size: Int { arena.count }

  /// Adds a name.
  mutating func add(_ user: UInt64, _ name: Span<UInt8>, at: Int64) {
    if let known = last[user] {
      if known.at > at { return }
      let order = arena.span.extracting(Int(known.start)..<Int(known.start + known.count)).compare(name)
      if order == 0 {
        last[user]?.at = at
        return
      }
      if known.at == at && order > 0 { return }
      if name.count <= known.room {
        for index in 0..<name.count { arena.set(name[index], at: Int(known.start) + index) }
        last[user] = Last(at: at, start: known.start, count: UInt32(name.count), room: known.room)
        return
      }
    }
    let count = UInt32(name.count)
    last[user] = Last(at: at, start: UInt32(arena.count), count: count, room: count)
    arena.append(name)
  }

  /// All of them, by account; the log is empty then. - Complexity: O(n log n).
  mutating func takeSorted() -> NameList {
    var list = NameList()
    list.entries.reserveCapacity(last.count)
    for (user, known) in last {
      list.entries.append(
        NameBatch.Entry(user: user, at: known.at, start: known.start, count: known.count))
    }
    last = [:]
    list.entries.sort { $0.user < $1.user }
    list.bytes = arena.span.array
    arena = ByteBuffer()
    return list
  }
}

/// Names of accounts, each account once, ascending.
struct NameList {
  var entries: [NameBatch.Entry] = []
  /// What the entries' places refer to.
  var bytes: [UInt8] = []

  /// The bytes of an entry.
  @_lifetime(borrow self)
  borrowing func name(_ entry: NameBatch.Entry) -> Span<UInt8> {
    bytes.span.extracting(Int(entry.start)..<Int(entry.start + entry.count))
  }
}
