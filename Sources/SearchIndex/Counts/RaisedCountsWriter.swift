package import Bytes
package import Records

/// Gathers the counts that rose beside one segment. Memory: the packed bits.
package struct RaisedCountsWriter: ~Copyable {
  /// The member `documents`, once it is finished.
  package private(set) var documents = PackedColumnWriter()
  package private(set) var likes = PackedColumnWriter()
  package private(set) var retweets = PackedColumnWriter()
  package private(set) var replies = PackedColumnWriter()
  package private(set) var quotes = PackedColumnWriter()
  /// How many documents were added.
  package private(set) var count = 0
  private var last = -1

  /// Without any.
  package init() {}

  /// Adds a document with what its counts rose to, −1 for those that did not. - Precondition: documents rise.
  package mutating func add(_ document: Int, _ counts: Counts) {
    precondition(document > last, "documents that do not rise")
    last = document
    documents.add(Int64(document))
    likes.add(counts.likes)
    retweets.add(counts.retweets)
    replies.add(counts.replies)
    quotes.add(counts.quotes)
    count += 1
  }

  /// Ends the columns.
  package mutating func finish() {
    documents.finish()
    likes.finish()
    retweets.finish()
    replies.finish()
    quotes.finish()
  }

  /// The member `header` of a file beside a segment of so many documents that a manifest knows by `checksum`.
  package func header(documents: Int, checksum: UInt64) -> ByteBuffer {
    RaisedHeader(documents: documents, raised: count, segment: checksum).encoded()
  }
}
