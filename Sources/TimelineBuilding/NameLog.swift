internal import Activity
internal import Bytes

/// The name that each account bore last: of two of one moment the greater one, so that the order of arrival decides nothing.
///
/// Memory: about 60 bytes an account.
struct NameLog: ~Copyable {
  private struct Last {
    var at: Int64
    var start: UInt32
    var count: UInt32
  }
  private var last: [UInt64: Last] = [:]
  private var arena = ByteBuffer(capacity: 1 << 12)

  init() {}

  /// Adds what a batch says.
  mutating func add(_ batch: NameBatch) {
    for entry in batch.entries { add(entry.user, batch.bytes(entry), at: entry.at) }
  }

  /// Adds a name.
  mutating func add(_ user: UInt64, _ name: Span<UInt8>, at: Int64) {
    if let known = last[user] {
      if known.at > at { return }
      let order = arena.span.extracting(Int(known.start)..<Int(known.start + known.count)).compare(name)
      if order == 0 {
        last[user] = Last(at: at, start: known.start, count: known.count)
        return
      }
      if known.at == at && order > 0 { return }
    }
    last[user] = Last(at: at, start: UInt32(arena.count), count: UInt32(name.count))
    arena.append(name)
  }

  /// All of them, by account. - Complexity: O(n log n).
  borrowing func sorted() -> [(user: UInt64, at: Int64, name: [UInt8])] {
    var names: [(user: UInt64, at: Int64, name: [UInt8])] = []
    names.reserveCapacity(last.count)
    for (user, known) in last {
      names.append(
        (user, known.at, arena.span.extracting(Int(known.start)..<Int(known.start + known.count)).array))
    }
    return names.sorted { $0.user < $1.user }
  }
}
