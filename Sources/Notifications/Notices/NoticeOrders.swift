internal import Bytes

/// Notices by user and tweet, the strongest of each first: a reply before a quote before a mention.
struct NoticeByTweet: SortedRow {
  var notice: Notice

  private var weakness: UInt8 {
    switch notice.kind {
    case .reply: 0
    case .quote: 1
    case .mention: 2
    default: 3
    }
  }

  static func < (a: NoticeByTweet, b: NoticeByTweet) -> Bool {
    if a.notice.user != b.notice.user { return a.notice.user < b.notice.user }
    if a.notice.tweet != b.notice.tweet { return a.notice.tweet < b.notice.tweet }
    if a.weakness != b.weakness { return a.weakness < b.weakness }
    if a.notice.at != b.notice.at { return a.notice.at < b.notice.at }
    return a.notice.actor < b.notice.actor
  }
}

/// Notices as they are written: by time, then by the kind's name, then by user, actor and tweet as numbers.
struct NoticeByTime: SortedRow {
  var notice: Notice

  static func < (a: NoticeByTime, b: NoticeByTime) -> Bool {
    if a.notice.at != b.notice.at { return a.notice.at < b.notice.at }
    if a.notice.kind != b.notice.kind { return a.notice.kind.rawValue < b.notice.kind.rawValue }
    return (a.notice.user, a.notice.actor, a.notice.tweet) < (b.notice.user, b.notice.actor, b.notice.tweet)
  }
}

/// Notices as digests need them: by window, user, and within one as above.
struct NoticeByWindow: SortedRow {
  /// When the window of the notice begins, in ms since 1970; `Notice.untimed` without a time.
  var start: Int64
  var notice: Notice

  static func < (a: NoticeByWindow, b: NoticeByWindow) -> Bool {
    if a.start != b.start { return a.start < b.start }
    if a.notice.user != b.notice.user { return a.notice.user < b.notice.user }
    return NoticeByTime(notice: a.notice) < NoticeByTime(notice: b.notice)
  }
}

// MARK: In a file

extension NoticeByTweet {
  static var width: Int { Notice.width }
  func append(to out: inout ByteBuffer) { notice.append(to: &out) }
  init(_ bytes: Span<UInt8>, at offset: Int) { notice = Notice(bytes, at: offset) }
}

extension NoticeByTime {
  static var width: Int { Notice.width }
  func append(to out: inout ByteBuffer) { notice.append(to: &out) }
  init(_ bytes: Span<UInt8>, at offset: Int) { notice = Notice(bytes, at: offset) }
}

extension NoticeByWindow {
  static var width: Int { Notice.width + 8 }
  func append(to out: inout ByteBuffer) {
    out.append(littleEndian: start)
    notice.append(to: &out)
  }
  init(_ bytes: Span<UInt8>, at offset: Int) {
    start = Int64(bitPattern: bytes.word(at: offset))
    notice = Notice(bytes, at: offset + 8)
  }
}
