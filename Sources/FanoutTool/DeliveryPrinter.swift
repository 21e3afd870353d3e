internal import Bytes
internal import Timelines
internal import ToolSupport

/// Writes the timelines of all users of a store, on all threads, in order of the users' ids.
enum DeliveryPrinter {
  /// Users whose timelines one worker reads at a time.
  private static let step = 256

  private struct Piece: Sendable {
    var bytes: [UInt8]
    var deliveries: Int
  }

  /// Writes them, and that those of `known` users are empty whom the store knows no more. - Returns: how many tweets.
  /// - Throws: `SegmentError`, `SystemError`.
  static func print(
    _ store: TimelineStore, _ known: [UInt64], _ format: DeliveryFormat, threads: Int,
    to output: inout ToolOutput
  ) throws -> Int {
    let users = known.isEmpty ? try store.users() : Set(known).union(try store.users()).sorted()
    // A store of one commit is all that was ever loaded from it.
    let replaces = format == .resp && store.generation > 1
    let pieces = (users.count + step - 1) / step
    let next = BoundedQueue<Int>(capacity: max(pieces, 1))
    for piece in 0..<pieces { next.push(piece) }
    next.close()
    var deliveries = 0
    try OrderedWork.run(
      threads: threads, produce: { next.pop() }, context: {},
      work: { _, piece in
        Result {
          try Self.piece(
            store, users[piece * step..<min((piece + 1) * step, users.count)], format, replaces: replaces)
        }
      },
      consume: { (result: Result<Piece, any Error>) in
        let piece = try result.get()
        deliveries += piece.deliveries
        try output.write(piece.bytes.span)
      })
    return deliveries
  }

  private static func piece(
    _ store: TimelineStore, _ users: ArraySlice<UInt64>, _ format: DeliveryFormat, replaces: Bool
  ) throws -> Piece {
    var out = ByteBuffer(capacity: 1 << 16)
    var entries: [TimelineEntry] = []
    var deliveries = 0
    for user in users where store.shard.holds(user) {
      entries.removeAll(keepingCapacity: true)
      var timeline = try Timeline(store, of: user)
      while let entry = try timeline.next() { entries.append(entry) }
      deliveries += entries.count
      format.append(user, entries, replaces: replaces, to: &out)
    }
    return Piece(bytes: out.span.array, deliveries: deliveries)
  }
}
