public import Bytes
public import Records

/// What becomes of decoded records in their order: ids given and compared, snapshots chosen, output written.
public final class RecordStage {
  /// Which of several records with one id is kept.
  public enum Dedupe: String, Sendable, CaseIterable { case first, last, richest, off }

  private let dedupe: Dedupe
  private let ids: IDSet
  private var seenBefore: IDRun?
  private let seenPath: String?
  private let sorter: RecordSorter?
  private var assigner: SnowflakeAssigner
  private var clusters: ClusterWriter?
  private var merger = SnapshotMerger()
  private var scratch = ByteBuffer(capacity: 4096)
  private static let idStart = 22  // behind {"type":"tweet","id":"

  /// Tweets in a cluster that another tweet began.
  public var clustered: Int { clusters?.joined ?? 0 }
  /// Distinct texts that clusters no longer remember.
  public var forgottenTexts: Int { clusters?.forgotten ?? 0 }

  /// A stage that keeps what exceeds memory in `folder`. - Throws: `SeenFileError`, `SystemError`.
  public init(dedupe: Dedupe, seen: String?, worker: Int, clusters: Bool, folder: String) throws {
    self.dedupe = dedupe
    seenPath = seen
    ids = IDSet(folder: folder)
    assigner = SnowflakeAssigner(worker: worker)
    self.clusters = clusters ? ClusterWriter() : nil
    sorter = dedupe == .last || dedupe == .richest ? RecordSorter(folder: folder) : nil
    if let seen, let run = try SeenFile.read(seen, folder: folder) {
      seenBefore = run
      try ids.add(run)
    }
  }

  /// Takes a chunk's records; those to be written go to `write`, in order.
  public func take(
    _ chunk: DecodedChunk, _ ledger: inout Ledger, write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    var start = 0
    var kept = 0
    for entry in chunk.entries {
      if entry.isExpanded { ledger.expanded += 1 }
      let range = start..<entry.end
      start = entry.end
      if entry.isEvent {
        ledger.written += 1
        continue
      }
      if entry.id == 0 {
        try flush(chunk, kept..<range.lowerBound, write)
        kept = range.upperBound
        try writeAssigned(chunk, range, entry, &ledger, write)
        continue
      }
      if try isKept(entry) {
        if let sorter {
          try flush(chunk, kept..<range.lowerBound, write)
          kept = range.upperBound
          try sorter.add(entry.id, entry.mark, chunk.bytes, range)
        } else {
          ledger.written += 1
          if clusters != nil {
            let place = range.upperBound - Int(entry.mark.tail)
            try flush(chunk, kept..<place, write)
            kept = place
            try clusters?.write(entry.id, entry.mark, write)
          }
        }
      } else {
        ledger.duplicate += 1
        try flush(chunk, kept..<range.lowerBound, write)
        kept = range.upperBound
      }
    }
    try flush(chunk, kept..<chunk.bytes.count, write)
  }

  /// Writes what waited for the end. Call once, after the last chunk.
  public func finish(_ ledger: inout Ledger, write: (borrowing ByteBuffer, Range<Int>) throws -> Void) throws
  {
    guard let sorter else { return }
    var last: UInt64 = 0
    var count = ledger
    try sorter.finish { id, mark, record in
      if id != last && last != 0 {
        try merger.flush { record, mark in try hand(record, last, mark, write) }
        count.written += 1
      } else if last != 0 {
        count.duplicate += 1
      }
      last = id
      merger.add(record, mark, keepsCounts: dedupe == .richest)
    }
    if last != 0 {
      try merger.flush { record, mark in try hand(record, last, mark, write) }
      count.written += 1
    }
    ledger = count
  }

  /// The next version of the file of `--seen`, to be committed when the output is whole; nil without one.
  public func nextSeen() throws -> AtomicFile? {
    guard let seenPath else { return nil }
    return try SeenFile.next(ids, at: seenPath)
  }

  private func isKept(_ entry: DecodedChunk.Entry) throws -> Bool {
    switch dedupe {
    case .first: return try ids.insert(entry.id)
    case .off:
      // What is taken out of other records comes once, whatever else is repeated.
      if entry.isExpanded { return try ids.insert(entry.id) }
      if let seenBefore, try seenBefore.contains(entry.id) { return false }
      if seenPath != nil { _ = try ids.insert(entry.id) }
      return true
    case .last, .richest:
      if let seenBefore, try seenBefore.contains(entry.id) { return false }
      if seenPath != nil { _ = try ids.insert(entry.id) }
      return true
    }
  }

  private func writeAssigned(
    _ chunk: DecodedChunk, _ range: Range<Int>, _ entry: DecodedChunk.Entry, _ ledger: inout Ledger,
    _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    guard let id = assigner.assign(entry.time) else {
      preconditionFailure("the decoder lets no such time through")
    }
    scratch.removeAll()
    scratch.append(chunk.bytes, range.lowerBound..<range.lowerBound + Self.idStart)
    scratch.append(string: String(id))
    scratch.append(chunk.bytes, range.lowerBound + Self.idStart + 1..<range.upperBound)
    if seenPath != nil || dedupe == .first { _ = try ids.insert(id) }
    if let sorter {
      try sorter.add(id, entry.mark, scratch, 0..<scratch.count)
    } else {
      ledger.written += 1
      try hand(scratch, id, entry.mark, write)
    }
  }

  // Writes a whole record, with its cluster.
  private func hand(
    _ record: borrowing ByteBuffer, _ id: UInt64, _ mark: ClusterMark,
    _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    let place = record.count - Int(mark.tail)
    try write(record, 0..<place)
    try clusters?.write(id, mark, write)
    try write(record, place..<record.count)
  }

  private func flush(
    _ chunk: DecodedChunk, _ range: Range<Int>, _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    if !range.isEmpty { try write(chunk.bytes, range) }
  }
}
