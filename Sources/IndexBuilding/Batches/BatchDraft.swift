internal import Bytes
internal import Records
internal import SearchIndex

/// A batch while it is made: tweets are added, then `finish` hands the batch over and empties the draft, whose memory
/// stays warm. One per worker.
///
/// Terms are numbered in a table of the batch's own first, which stays in the processor's second cache: of 95,000 tokens
/// in 2 MiB of tweets a quarter are distinct, so the segment's table, which lies in memory, is asked four times less.
struct BatchDraft: ~Copyable {
  var facts: [DocumentFacts] = []
  var records = ByteBuffer()
  var recordEnds: [Int32] = []
  var events: [Event] = []
  /// The distinct terms of the batch.
  private var terms = TermTable(capacity: 1 << 14)
  /// Where each document's tokens end.
  private var tokenEnds: [Int32] = []
  private var tokens: [Token] = []
  /// Per flag, the number of its term plus one; 0 while it has none.
  private var flagTerms = [UInt32](repeating: 0, count: TweetFlag.allCases.count)

  private struct Token {
    /// The term's number in `terms`.
    var term: UInt32
    /// Its position in the text, those beyond 65,535 as 65,535; 0 for terms of other fields.
    var position: UInt16
  }

  /// Adds a term of the document being added.
  mutating func add(_ field: TermField, _ term: Span<UInt8>, position: UInt16 = 0) {
    if term.isEmpty { return }
    tokens.append(Token(term: UInt32(terms.insert(field.rawValue, Self.kept(term))), position: position))
  }

  // A term is at most 1,023 bytes on disk; longer ones keep their beginning.
  @_lifetime(copy term)
  private static func kept(_ term: Span<UInt8>) -> Span<UInt8> {
    term.count < SegmentFormat.longestTerm ? term : term.extracting(0..<SegmentFormat.longestTerm - 1)
  }

  /// Adds the terms of `flags`. Every tweet has some: their numbers are kept.
  mutating func add(flags: Int64) {
    for flag in TweetFlag.allCases where flags & flag.bit != 0 {
      if flagTerms[flag.rawValue] == 0 {
        var name = ByteBuffer(capacity: 16)
        name.append(flag.name)
        flagTerms[flag.rawValue] = UInt32(terms.insert(TermField.flag.rawValue, name.span)) + 1
      }
      tokens.append(Token(term: flagTerms[flag.rawValue] - 1, position: 0))
    }
  }

  /// Documents that a batch may have: their places in it are kept in two bytes. A chunk of input has fewer, since the
  /// shortest record of a tweet is longer than 32 bytes.
  static let mostDocuments = 1 << 16

  /// Whether no document may be added.
  var isFull: Bool { facts.count == Self.mostDocuments }

  /// Ends the document being added: its terms and its record have been.
  mutating func endDocument(_ fact: DocumentFacts) {
    precondition(facts.count < Self.mostDocuments, "a batch of more documents than it can number")
    facts.append(fact)
    tokenEnds.append(Int32(tokens.count))
    recordEnds.append(Int32(records.count))
  }

  /// The batch, its terms numbered by the segment's table. The draft is empty then.
  mutating func finish(_ tables: WorkerTables, _ segment: SegmentTerms) -> IndexBatch {
    let batch = IndexBatch(tables, segment)
    // Copies without room to grow: a batch lives until its segment is written.
    batch.content.facts = Array(facts[...])
    batch.content.recordEnds = Array(recordEnds[...])
    batch.content.events = events
    var packed = ByteBuffer(capacity: records.count)
    packed.append(contentsOf: records)
    batch.content.records = packed
    batch.content.lists = invert(segment.numbers(of: terms))
    removeAll()
    return batch
  }

  private mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    events.removeAll()
    records.removeAll()
    terms.removeAll()
    tokens.removeAll(keepingCapacity: true)
    tokenEnds.removeAll(keepingCapacity: true)
    for flag in flagTerms.indices { flagTerms[flag] = 0 }
  }

  // A counting sort by term, documents of higher id first: in the order in which segments have them.
  private borrowing func invert(_ numbers: [UInt32]) -> TermLists {
    var starts = [UInt32](repeating: 0, count: numbers.count + 1)
    for token in tokens { starts[Int(token.term)] += 1 }
    var total: UInt32 = 0
    for term in starts.indices { (starts[term], total) = (total, total + starts[term]) }
    var next = starts
    var documents = [UInt16](repeating: 0, count: Int(total))
    var positions = [UInt16](repeating: 0, count: Int(total))
    for document in newestFirst() {
      let first = document == 0 ? 0 : Int(tokenEnds[document - 1])
      for index in first..<Int(tokenEnds[document]) {
        let token = tokens[index]
        let place = Int(next[Int(token.term)])
        next[Int(token.term)] += 1
        documents[place] = UInt16(document)
        positions[place] = token.position
      }
    }
    return TermLists(terms: numbers, starts: starts, documents: documents, positions: positions)
  }

  private borrowing func newestFirst() -> [Int] {
    var rises = true
    for document in facts.indices.dropFirst() where facts[document].id <= facts[document - 1].id {
      rises = false
      break
    }
    if rises { return facts.indices.reversed() }
    let ids = facts.map(\.id)
    return facts.indices.sorted { (ids[$0], $0) > (ids[$1], $1) }
  }
}

/// The inverted documents of one batch: list i is that of term `terms[i]`, entries `starts[i]` ..< `starts[i + 1]`.
struct TermLists: Sendable {
  /// Numbers of terms in the segment's table, each once.
  var terms: [UInt32] = []
  var starts: [UInt32] = [0]
  /// Places in the batch, of documents with falling ids within a list.
  var documents: [UInt16] = []
  /// Beside `documents`: positions, rising within a document.
  var positions: [UInt16] = []
}
