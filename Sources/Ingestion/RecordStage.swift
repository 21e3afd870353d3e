public import Bytes
internal import JSON
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
  private var merger = SnapshotMerger()
  private var scratch = ByteBuffer(capacity: 4096)
  private static let idStart = 22  // behind {"type":"tweet","id":"

  /// A stage that keeps what exceeds memory in `folder`. - Throws: `SeenFileError`, `SystemError`.
  public init(dedupe: Dedupe, seen: String?, worker: Int, folder: String) throws {
    self.dedupe = dedupe
    seenPath = seen
    ids = IDSet(folder: folder)
    assigner = SnowflakeAssigner(worker: worker)
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
        try writeAssigned(chunk, range, entry.time, &ledger, write)
        continue
      }
      if try isKept(entry) {
        if let sorter {
          try flush(chunk, kept..<range.lowerBound, write)
          kept = range.upperBound
          try sorter.add(entry.id, chunk.bytes, range)
        } else {
          ledger.written += 1
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
    try sorter.finish { id, record in
      if id != last && last != 0 {
        try merger.flush(write)
        count.written += 1
      } else if last != 0 {
        count.duplicate += 1
      }
      last = id
      merger.add(record, keepsCounts: dedupe == .richest)
    }
    if last != 0 {
      try merger.flush(write)
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
    _ chunk: DecodedChunk, _ range: Range<Int>, _ time: Int64, _ ledger: inout Ledger,
    _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    guard let id = assigner.assign(time) else { preconditionFailure("the decoder lets no such time through") }
    scratch.removeAll()
    scratch.append(chunk.bytes, range.lowerBound..<range.lowerBound + Self.idStart)
    scratch.append(string: String(id))
    scratch.append(chunk.bytes, range.lowerBound + Self.idStart + 1..<range.upperBound)
    if seenPath != nil || dedupe == .first { _ = try ids.insert(id) }
    if let sorter {
      try sorter.add(id, scratch, 0..<scratch.count)
    } else {
      ledger.written += 1
      try Self.hand(scratch, write)
    }
  }

  fileprivate static func hand(
    _ bytes: borrowing ByteBuffer, _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws { try write(bytes, 0..<bytes.count) }

  private func flush(
    _ chunk: DecodedChunk, _ range: Range<Int>, _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    if !range.isEmpty { try write(chunk.bytes, range) }
  }
}

/// Snapshots of one tweet made into one: the latest, with the highest counts of all where that is asked for.
private struct SnapshotMerger: ~Copyable {
  private var latest = ByteBuffer(capacity: 4096)
  private var highest = Counts()
  private var snapshots = 0
  private var parser = JSONParserBox()

  mutating func add(_ record: borrowing ByteBuffer, keepsCounts: Bool) {
    if keepsCounts {
      if snapshots == 1 { parser.raise(&highest, latest) }
      if snapshots >= 1 { parser.raise(&highest, record) }
    }
    latest.removeAll()
    latest.append(contentsOf: record)
    snapshots += 1
  }

  mutating func flush(_ write: (borrowing ByteBuffer, Range<Int>) throws -> Void) throws {
    if !highest.isEmpty { parser.replaceCounts(highest, &latest) }
    try RecordStage.hand(latest, write)
    highest = Counts()
    snapshots = 0
  }
}

/// Reads our own records again.
private final class JSONParserBox {
  private var parser = JSONParser()
  private var tweet = Tweet()

  func raise(_ counts: inout Counts, _ record: borrowing ByteBuffer) {
    guard read(record), let found = tweet.counts else { return }
    counts.likes = max(counts.likes, found.likes)
    counts.retweets = max(counts.retweets, found.retweets)
    counts.replies = max(counts.replies, found.replies)
    counts.quotes = max(counts.quotes, found.quotes)
  }

  func replaceCounts(_ counts: Counts, _ record: inout ByteBuffer) {
    guard read(record) else { return }
    tweet.counts = counts
    record.removeAll()
    TweetWriter.write(tweet, to: &record)
  }

  private func read(_ record: borrowing ByteBuffer) -> Bool {
    do {
      try parser.parse(record, 0..<record.count)
      return try Self.fill(parser, &tweet)
    } catch { return false }
  }

  private static func fill(_ parser: borrowing JSONParser, _ tweet: inout Tweet) throws(Rejection) -> Bool {
    try TweetReader.read(parser.root, into: &tweet) == .tweet
  }
}
