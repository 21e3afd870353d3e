internal import Bytes
internal import Records
internal import SearchIndex

/// What the index keeps of one tweet besides its terms and its record.
struct DocumentFacts: Sendable {
  var id: UInt64 = 0
  var time: Int64 = 0
  /// Numbers in the worker's tables; −1 for none.
  var user: Int32 = -1
  var language: Int32 = -1
  var place: Int32 = -1
  /// The text's length in positions.
  var length: UInt32 = 0
  var likes: Int64 = -1
  var retweets: Int64 = -1
  var replies: Int64 = -1
  var quotes: Int64 = -1
  /// Bit patterns of degrees; 0 for none (0 itself is stored as −0).
  var longitude: UInt64 = 0
  var latitude: UInt64 = 0
  var flags: Int64 = 0
}

/// The authors, languages and places that one worker has met while it worked for one segment, numbered. Filled by that
/// worker alone; read when all its batches have been handed over.
final class WorkerTables: @unchecked Sendable {
  /// An author: the newest tweet with a handle, and that handle as written.
  struct Author {
    var newest: UInt64 = 0
    var handle: [UInt8] = []
  }

  struct Content: ~Copyable {
    /// Authors: eight bytes of id (big-endian) or zeros, then for authors without an id the folded handle.
    var users = TermTable(capacity: 1 << 12)
    /// What is known of each author, beside `users`.
    var authors: [Author] = []
    var languages = TermTable(capacity: 64)
    var places = TermTable(capacity: 64)
  }
  var content = Content()
}

/// Tweets that one worker has analysed, in the order of the input.
final class IndexBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  struct Content: ~Copyable {
    var facts: [DocumentFacts] = []
    /// Which terms stand where in the batch's documents.
    var lists = TermLists()
    /// Packed records, one behind the other.
    var records = ByteBuffer(capacity: 16)
    var recordEnds: [Int32] = []
    /// Deletes and the like, in input order.
    var events: [Event] = []

    /// The bytes of a document's packed record.
    borrowing func record(of document: Int) -> Range<Int> {
      (document == 0 ? 0 : Int(recordEnds[document - 1]))..<Int(recordEnds[document])
    }

    /// Reads the record of a document into `tweet`. - Throws: `DecodeError`.
    borrowing func read(_ document: Int, into tweet: inout Tweet) throws(DecodeError) {
      try read(document, facts[document], into: &tweet)
    }

    /// The same where the facts, of which these are the document's, were taken.
    borrowing func read(
      _ document: Int, _ facts: DocumentFacts, into tweet: inout Tweet
    ) throws(DecodeError) {
      try RecordCodec.decode(
        records.span.extracting(record(of: document)), id: facts.id, time: facts.time, into: &tweet)
    }
  }
  var content = Content()
  let tables: WorkerTables
  /// What the terms' numbers in `lists` mean.
  let terms: SegmentTerms

  init(_ tables: WorkerTables, _ terms: SegmentTerms) {
    self.tables = tables
    self.terms = terms
  }
}
