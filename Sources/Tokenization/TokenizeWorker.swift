public import Bytes
public import Containers
public import Records
public import TextAnalysis

/// A chunk of records with their tokens.
public final class TokenizedChunk: @unchecked Sendable {  // handed from thread to thread, never shared
  /// Canonical records.
  public var bytes: ByteBuffer
  /// What became of the chunk's records.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []

  init(capacity: Int) { bytes = ByteBuffer(capacity: capacity) }
}

/// Tokenizes chunks of canonical records. One per thread.
public final class TokenizeWorker {
  private var reader = RecordChunkReader(program: "tokenize")
  private var analyzer: Analyzer
  private let detector: LanguageDetector?

  /// A worker that analyses by `settings`, and names missing languages when it should.
  public init(_ settings: AnalyzerSettings, namesLanguages: Bool) {
    analyzer = Analyzer(settings)
    detector = namesLanguages ? LanguageDetector() : nil
  }

  /// Reads all records of `chunk` and writes them with their tokens; events and other records pass unchanged.
  public func tokenize(_ chunk: Chunk) -> TokenizedChunk {
    let result = TokenizedChunk(capacity: chunk.bytes.count + chunk.bytes.count / 2)
    var ledger = Ledger()
    var rejects: [Reject] = []
    var written = 0
    reader.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        detector?.fill(&tweet)
        analyzer.analyze(&tweet)
        TweetWriter.write(tweet, to: &result.bytes)
      case .event(let event): event.write(to: &result.bytes)
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
      written += 1
    }
    ledger.written = written
    result.ledger = ledger
    result.rejects = rejects
    return result
  }
}
