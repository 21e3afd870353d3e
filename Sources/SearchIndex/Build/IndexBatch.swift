internal import Bytes
internal import Records

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

/// The strings that one worker has met while it worked for one segment, numbered. Filled by that worker alone; read when
/// all its batches have been handed over.
final class WorkerTables: @unchecked Sendable {
  /// An author: numbers of terms plus one (0: none yet), and handles as written.
  struct Author {
    var idTerm: UInt32 = 0
    var handleTerm: UInt32 = 0
    /// The handle that `handleTerm` is of.
    var lastHandle: [UInt8] = []
    /// The newest tweet with a handle, and that handle.
    var newest: UInt64 = 0
    var handle: [UInt8] = []
  }

  struct Content: ~Copyable {
    var terms = TermTable(capacity: 1 << 16)
    /// Authors: eight bytes of id (big-endian) or zeros, then for authors without an id the folded handle.
    var users = TermTable(capacity: 1 << 12)
    /// What is known of each author, beside `users`.
    var authors: [Author] = []
    var languages = TermTable(capacity: 64)
    var places = TermTable(capacity: 64)
    /// Per flag, the number of its term plus one; 0 while it has none.
    var flagTerms = [UInt32](repeating: 0, count: TweetFlag.allCases.count)
  }
  var content = Content()
}

/// Tweets that one worker has analysed, in the order of the input.
final class IndexBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  struct Content: ~Copyable {
    var facts: [DocumentFacts] = []
    /// Where each document's tokens end.
    var tokenEnds: [Int32] = []
    /// Numbers of terms in the worker's table.
    var tokenTerms: [UInt32] = []
    /// Positions in the text, those beyond 65,535 as 65,535; 0 for terms of other fields.
    var tokenPositions: [UInt16] = []
    /// Packed records, one behind the other.
    var records = ByteBuffer(capacity: 16)
    var recordEnds: [Int32] = []
    /// Deletes and the like, in input order.
    var events: [Event] = []

    /// Adds a term of a field without positions.
    mutating func add(term: UInt32) {
      tokenTerms.append(term)
      tokenPositions.append(0)
    }

    /// A copy without room to grow: a batch lives until its segment is written.
    borrowing func exactCopy() -> Content {
      var copy = Content()
      copy.facts = Array(facts[...])
      copy.tokenEnds = Array(tokenEnds[...])
      copy.tokenTerms = Array(tokenTerms[...])
      copy.tokenPositions = Array(tokenPositions[...])
      copy.recordEnds = Array(recordEnds[...])
      copy.events = events
      copy.records = ByteBuffer(capacity: records.count)
      copy.records.append(contentsOf: records)
      return copy
    }

    /// Empties it and keeps the memory, which is warm.
    mutating func removeAll() {
      facts.removeAll(keepingCapacity: true)
      tokenEnds.removeAll(keepingCapacity: true)
      tokenTerms.removeAll(keepingCapacity: true)
      tokenPositions.removeAll(keepingCapacity: true)
      recordEnds.removeAll(keepingCapacity: true)
      events.removeAll()
      records.removeAll()
    }
  }
  var content = Content()
  let tables: WorkerTables

  init(_ tables: WorkerTables) { self.tables = tables }
}
