package import Bytes

// A row of the member `tweets`, 40 bytes:
//
//   u64 id, i64 ms since 1970, u64 original, u32 author, u32 reply, u32 original author, u8 `TweetMarks`, 3 bytes of 0
//
// All of a tweet in one place: a page of a timeline touches a block of data a tweet, where columns took five.
/// What a segment stores of a tweet, users by their numbers.
package struct TweetRow {
  package static let size = 40
  static let time = 8
  static let original = 16
  static let author = 24
  static let reply = 28
  static let originalAuthor = 32
  static let marks = 36

  /// Appends the row of a tweet; `reply` and `originalAuthor` are numbers plus 1, 0 for none, a reply `.max` for someone unknown.
  package static func append(
    _ facts: TweetFacts, author: UInt32, reply: UInt32, originalAuthor: UInt32, isHidden: Bool,
    to out: inout ByteBuffer
  ) {
    out.append(littleEndian: facts.id)
    out.append(littleEndian: facts.at)
    out.append(littleEndian: facts.original)
    out.append(littleEndian: author)
    out.append(littleEndian: reply)
    out.append(littleEndian: originalAuthor)
    out.append(littleEndian: UInt32(TweetMarks(facts, isHidden: isHidden).rawValue))
  }
}
