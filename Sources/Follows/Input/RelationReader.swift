internal import Bytes
public import Containers
internal import Records

/// Reads chunks of graph files, and of records, into batches of relations. One per thread.
public final class RelationReader {
  private let program: String
  private var records: RecordChunkReader

  /// A reader for `program`, which rejects name.
  public init(program: String) {
    self.program = program
    records = RecordChunkReader(program: program)
  }

  /// Reads a chunk of `GraphSource`, or of records. Never throws: what is refused is a reject of the batch.
  public func read(_ chunk: Chunk) -> RelationBatch {
    if case .values(let values) = chunk.layout { return refuseLong(chunk, values) }
    switch chunk.context as? GraphForm {
    case .edges: return EdgeReader.read(chunk, program: program)
    case .records: return readRecords(chunk, isGraph: true)
    case nil: return readRecords(chunk, isGraph: false)
    }
  }

  // Events of the graph are used; tweets and other events change no relation.
  private func readRecords(_ chunk: Chunk, isGraph: Bool) -> RelationBatch {
    var batch = RelationBatch()
    var ledger = Ledger()
    var rejects: [Reject] = []
    var filtered = 0
    records.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        if isGraph { throw Rejection(.unknownShape, Self.tweetFound) }
        filtered += 1
      case .event(let event):
        guard let change = RelationChange(event) else {
          filtered += 1
          return
        }
        if change.user == change.target { throw RelationBatch.oneAccount(change.user) }
        batch.changes.append(change)
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
    }
    ledger.filtered = filtered
    batch.ledger = ledger
    batch.rejects = rejects
    if isGraph { batch.misplaced = misplaced(chunk, rejects) }
    return batch
  }

  private static let tweetFound = "expected an edge or an event, found a tweet"

  // A tweet among the events of a graph file, canonical or as the source wrote it.
  private func misplaced(_ chunk: Chunk, _ rejects: [Reject]) -> MisplacedRecord? {
    for reject in rejects where reject.rejection.reason == .unknownShape {
      let isTweet = reject.rejection.detail == Self.tweetFound
      if !isTweet && !TweetKeys.stand(in: reject.raw.span) { continue }
      return MisplacedRecord(
        path: chunk.member.isEmpty ? chunk.source : chunk.source + "/" + chunk.member, line: reject.line,
        found: isTweet ? "a tweet" : "a raw tweet", isRaw: !isTweet)
    }
    return nil
  }

  private func refuseLong(_ chunk: Chunk, _ values: [Chunk.Value]) -> RelationBatch {
    var batch = RelationBatch()
    for value in values {
      batch.ledger.read += 1
      let place = RelationBatch.Place(
        program: program, source: chunk.source, member: chunk.member, line: value.line, offset: chunk.offset)
      batch.reject(
        Rejection(
          .tooLong, "expected a line of at most \(LineCutter.size) bytes, found \(value.fullLength ?? 0)"),
        place, raw: chunk.bytes.copy(value.range))
    }
    return batch
  }
}

/// Keys that tweets have and edges and events have not.
private enum TweetKeys {
  static func stand(in line: Span<UInt8>) -> Bool {
    var from = 0
    while let quote = line.firstIndex(of: 0x22, from: from) {
      for key in ["\"text\":", "\"full_text\":", "\"data\":"] as [StaticString] {
        let end = quote + key.utf8CodeUnitCount
        if end <= line.count, line.extracting(quote..<end).equals(key) { return true }
      }
      from = quote + 1
    }
    return false
  }
}
