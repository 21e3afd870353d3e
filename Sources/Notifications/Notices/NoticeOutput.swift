internal import Bytes

/// Sorts notices and writes them: a record each, or a digest for each user and window.
struct NoticeOutput: ~Copyable {
  private let window: Int64?
  // Those of which a user is told but one a tweet.
  private var ofTweets: RowSorter<NoticeByTweet>
  private var single: RowSorter<NoticeByTime>
  private var digested: RowSorter<NoticeByWindow>
  /// How many users are told of how much.
  private(set) var count = 0

  /// - Parameters:
  ///   - window: how long a digest's window is, in ms; nil for a record each.
  ///   - limit: how many notices of a kind lie in memory.
  init(folder: String, window: Int64?, limit: Int) {
    self.window = window
    ofTweets = RowSorter(folder: folder, limit: limit)
    single = RowSorter(folder: folder, limit: limit)
    digested = RowSorter(folder: folder, limit: limit)
  }

  /// Adds a notice of a kind of which one tweet may give a user several. - Throws: `SystemError`.
  mutating func offer(_ notice: Notice) throws { try ofTweets.add(NoticeByTweet(notice: notice)) }

  /// Adds a notice that stands for itself. - Throws: `SystemError`.
  mutating func add(_ notice: Notice) throws {
    count += 1
    guard let window else { return try single.add(NoticeByTime(notice: notice)) }
    try digested.add(NoticeByWindow(start: Digest.start(of: notice.at, window), notice: notice))
  }

  /// Keeps of those offered the strongest of each user and tweet. Then nothing can be offered. - Throws: `SystemError`.
  mutating func choose() throws {
    var none = RowSorter<NoticeByTweet>(folder: "", limit: 1)
    swap(&none, &ofTweets)
    var cursor = try none.finish().cursor()
    var last: Notice?
    while let row = try cursor.next() {
      if let last, last.user == row.notice.user, last.tweet == row.notice.tweet { continue }
      last = row.notice
      try add(row.notice)
    }
  }

  /// Writes all. - Returns: how many records. - Throws: what `write` throws, `SystemError`.
  consuming func finish(_ write: (Span<UInt8>) throws -> Void) throws -> Int {
    var out = RecordBuffer()
    if let window {
      var cursor = try digested.finish().cursor()
      var open: Digest?
      while let row = try cursor.next() {
        if let done = open, done.start != row.start || done.user != row.notice.user {
          try out.append(write) { done.write(to: &$0) }
          open = nil
        }
        if open == nil { open = Digest(row.notice.user, start: row.start, window: window) }
        open?.add(row.notice)
      }
      if let done = open { try out.append(write) { done.write(to: &$0) } }
    } else {
      var cursor = try single.finish().cursor()
      while let row = try cursor.next() { try out.append(write) { row.notice.write(to: &$0) } }
    }
    return try out.finish(write)
  }
}
