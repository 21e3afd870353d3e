internal import Bytes
internal import Records

/// What the index keeps of one tweet besides its terms and its record.
struct DocumentFacts: Sendable {
  var id: UInt64 = 0
  var time: Int64 = 0
  /// Ordinals of the batch's, later the segment's tables; −1 for none.
  var user: Int32 = -1
  var language: Int32 = -1
  var place: Int32 = -1
  var likes: Int64 = -1
  var retweets: Int64 = -1
  var replies: Int64 = -1
  var quotes: Int64 = -1
  /// Bit patterns of degrees; 0 for none (0 itself is stored as −0).
  var longitude: UInt64 = 0
  var latitude: UInt64 = 0
  var flags: Int64 = 0
  /// The text's length in positions.
  var length: UInt32 = 0
}

/// Tweets that one worker has analysed: terms numbered within the batch, in the order of the input.
final class IndexBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  var facts: [DocumentFacts] = []
  /// Where each document's tokens end.
  var tokenEnds: [Int] = []
  /// Numbers of terms.
  var tokenTerms: [UInt32] = []
  /// Positions in the text; 0 for terms of other fields.
  var tokenPositions: [UInt32] = []
  /// Packed records, one behind the other.
  var records = ByteBuffer(capacity: 1 << 18)
  var recordEnds: [Int] = []
  var terms = TermTable(capacity: 8192)
  /// Authors: eight bytes of id (big-endian) or zeros, then for authors without an id the folded handle.
  var users = TermTable(capacity: 1024)
  /// The handle that each author's newest tweet of the batch shows, and that tweet's id.
  var handles: [(tweet: UInt64, handle: [UInt8])] = []
  var languages = TermTable(capacity: 64)
  var places = TermTable(capacity: 64)
  /// Deletes and the like, in input order.
  var events: [Event] = []

  init() {}
}
