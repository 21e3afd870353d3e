internal import Bytes
internal import Synchronization

/// The distinct terms of one segment, numbered as they come. All workers of the segment share it; the numbers depend on
/// who came first, and reach no output.
public final class SegmentTerms: @unchecked Sendable {
  private let lock = Mutex<Void>(())
  // Touched under `lock`, and freely once workers are done.
  private(set) var table = TermTable(capacity: 1 << 12)

  init() {}

  /// The numbers of a batch's terms, new or known, in the order of theirs.
  func numbers(of batch: borrowing TermTable) -> [UInt32] {
    let hashes = batch.hashes()
    var numbers: [UInt32] = []
    numbers.reserveCapacity(batch.count)
    lock.withLock { _ in table.insert(all: batch, hashes, &numbers) }
    return numbers
  }
}
