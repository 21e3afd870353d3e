internal import Bytes
internal import Records
internal import Commits
internal import SearchIndex

/// The stored records of a merge: unpacked block by block, and packed again in the new order. What is not changed is not
/// decoded.
final class MergedRecords: @unchecked Sendable {  // made by one thread, then read by another
  /// The member `records`.
  let blocks: StagedMember
  /// Where each block begins, and where the last one ends; finished.
  private(set) var offsets = PackedColumnWriter()

  private let documents: MergedDocuments
  private let authors: MergedAuthors
  private let rules: TombstoneRules
  private var tweet = Tweet()
  /// Blocks between two times when memory is given back: some 60 MB of records.
  private static let blocksPerRest = 2048

  // One segment's records and columns, as far as they have been walked.
  private final class Part {
    var records: RecordBlockReader
    var users: ColumnWalk
    var flags: ColumnWalk
    let raised: RaisedWalk?

    init(_ segment: Segment) throws(SegmentError) {
      records = try segment.records()
      users = ColumnWalk(segment, .users)
      flags = ColumnWalk(segment, .flags)
      raised = segment.raised.map { RaisedWalk($0) }
    }
  }

  /// For the records of `documents`, whose blocks wait in `folder`. Says to `authors` what they show; quotes that `rules`
  /// hide lose their text.
  init(
    _ documents: MergedDocuments, _ authors: MergedAuthors, _ rules: TombstoneRules, in folder: String
  ) {
    self.documents = documents
    self.authors = authors
    self.rules = rules
    blocks = StagedMember(in: folder)
  }

  /// Packs all. - Throws: `SegmentError`, `SystemError`. - Complexity: O(bytes).
  func pack() throws {
    let parts = try documents.parts.map { try Part($0.segment) }
    let hasRules = !rules.isEmpty
    var packer = RecordPacker()
    var packed = ByteBuffer(capacity: 1 << 16)
    var end: Int64 = 0
    var count = 0
    offsets.add(0)
    func endBlock() throws {
      end += Int64(packer.endBlock(into: &packed))
      offsets.add(end)
      try blocks.append(packed.span)
      packed.removeAll()
      count += 1
      if count % Self.blocksPerRest == 0 { documents.forgetPages() }
    }
    var isFull = true
    try documents.forEach { number, document in
      let part = parts[number]
      try meetAuthor(part, number, document)
      let hidesQuote = hasRules ? try hidesQuote(part, document) : false
      let raised = try part.raised?.counts(document)
      if hidesQuote || raised != nil {
        try part.records.read(document, into: &tweet)
        if hidesQuote { tweet.quoteOf?.text = .absent }
        if let raised { tweet.raise(to: raised) }
        RecordCodec.encode(tweet, to: &packer.body)
      } else {
        try Self.append(&part.records, document, to: &packer.body)
      }
      isFull = packer.endRecord()
      if isFull { try endBlock() }
    }
    if !isFull { try endBlock() }
    offsets.finish()
  }

  private func meetAuthor(_ part: Part, _ number: Int, _ document: Int) throws {
    let ordinal = try part.users.value(document)
    guard let author = try authors.author(number, document, ordinal: ordinal),
      try authors.use(author, number, ordinal: ordinal)
    else { return }
    try part.records.read(document, into: &tweet)
    authors.show(author, tweet)
  }

  // Whether the record, which is decoded then, shows the text of a tweet that is deleted.
  private func hidesQuote(_ part: Part, _ document: Int) throws -> Bool {
    guard try part.flags.value(document) & TweetFlag.quote.bit != 0 else { return false }
    try part.records.read(document, into: &tweet)
    guard let quote = tweet.quoteOf, quote.text.isPresent else { return false }
    return try rules.hidesQuote(of: quote.id, by: quote.userID)
  }

  private static func append(
    _ records: inout RecordBlockReader, _ document: Int, to out: inout ByteBuffer
  ) throws(SegmentError) {
    out.append(try records.record(document))
  }
}
