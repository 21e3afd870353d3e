internal import Bytes
internal import Timelines

/// The tweets of a run until all of its graph is known: the last ones in memory, full segments of them in nameless files.
struct TweetSpill: ~Copyable {
  private let folder: String
  private let limit: Int
  private var files: [ScratchFile] = []
  private var tweets: [TweetFacts] = []
  private static let row = 49

  /// Files lie in `folder`; each holds `limit` tweets.
  init(folder: String, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  /// Adds tweets in the order of the input. - Throws: `SystemError`.
  mutating func add(_ more: [TweetFacts]) throws(SystemError) {
    for tweet in more {
      tweets.append(tweet)
      if tweets.count == limit { try flush() }
    }
  }

  private mutating func flush() throws(SystemError) {
    let file = try ScratchFile(in: folder)
    var buffer = ByteBuffer(capacity: 1 << 20)
    for tweet in tweets {
      for value in [tweet.id, tweet.author, tweet.replyTo, tweet.original, tweet.originalAuthor] {
        buffer.append(littleEndian: value)
      }
      buffer.append(littleEndian: tweet.at)
      buffer.append(tweet.protection.rawValue)
      if buffer.count > 1 << 19 {
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    try file.write(buffer.span)
    try file.seal()
    files.append(file)
    tweets = []
  }

  /// How many parts there are: files, and what is in memory.
  var parts: Int { files.count + 1 }

  /// Takes a part: each once. - Throws: `SystemError`.
  mutating func take(_ part: Int) throws(SystemError) -> [TweetFacts] {
    if part == files.count {
      let last = tweets
      tweets = []
      return last
    }
    var list: [TweetFacts] = []
    list.reserveCapacity(limit)
    var buffer = ByteBuffer(capacity: Self.row << 14)
    var offset = 0
    while offset < files[part].count {
      buffer.removeAll()
      let size = try files[part].read(at: offset, upTo: Self.row << 14, into: &buffer)
      guard size > 0, size % Self.row == 0 else {
        throw SystemError(operation: "read", path: folder, code: 5)
      }
      Self.decode(buffer.span, &list)
      offset += size
    }
    return list
  }

  private static func decode(_ bytes: Span<UInt8>, _ list: inout [TweetFacts]) {
    for start in stride(from: 0, to: bytes.count, by: row) {
      list.append(
        TweetFacts(
          id: bytes.word(at: start), at: Int64(bitPattern: bytes.word(at: start + 40)),
          author: bytes.word(at: start + 8), replyTo: bytes.word(at: start + 16),
          original: bytes.word(at: start + 24), originalAuthor: bytes.word(at: start + 32),
          protection: TweetFacts.Protection(rawValue: bytes[start + 48]) ?? .unsaid))
    }
  }
}
