internal import Bytes
package import Commits

/// An opened segment of a timeline store: mapped, its data verified when first read. Shared by threads.
package final class TimelineSegment: Sendable {
  /// The file with its members.
  package let archive: SegmentArchive
  package let header: TimelineHeader
  private let ids: CheckedMember
  private let flagBytes: CheckedMember
  private let rows: CheckedMember
  /// Ids of tweets here whose rows in older segments no longer stand.
  package let superseded: IDList
  private let pulledList: CheckedMember
  private let authorOffsets: CheckedMember
  private let authorTweets: CheckedMember
  private let timelineOffsets: CheckedMember
  // The parts, and where each begins among all bytes of timelines; at last where the last one ends.
  private let timelines: [CheckedMember]
  private let timelineStarts: [Int]
  private let followOffsets: CheckedMember
  private let follows: CheckedMember
  package let changes: ChangeRows
  package let names: NameTable
  package let deletes: DeletedIDs
  package let popularMember: CheckedMember

  /// Maps the segment at `path`. - Throws: `SystemError` when it cannot be read, `SegmentError` when it is damaged or of
  /// another version.
  package init(_ path: String, expected: Manifest.Segment? = nil) throws {
    let mapped = try MappedArchive(path, expected: expected)
    header = try TimelineHeader.decode(try mapped.header(), file: path)
    archive = try SegmentArchive(
      mapped,
      members: (0..<header.parts).map(TimelineFormat.part)
        + TimelineFormat.Member.allCases.dropLast().map(\.rawValue))
    let header = self.header
    let archive = self.archive
    // A member of `count` values of `width` bytes.
    func column(_ member: TimelineFormat.Member, _ count: Int, _ width: Int) throws(SegmentError)
      -> CheckedMember
    {
      let found = try archive.member(member.rawValue)
      guard found.count == count * width else {
        throw found.corrupt(0, "\(found.count) bytes for \(count) values of \(width)")
      }
      return found
    }
    ids = try column(.users, header.users, 8)
    flagBytes = try column(.flags, header.users, 1)
    rows = try column(.tweets, header.tweets, TweetRow.size)
    let overruled = try archive.member(TimelineFormat.Member.superseded.rawValue)
    guard overruled.count % 8 == 0 else { throw overruled.corrupt(0, "\(overruled.count) bytes of ids") }
    superseded = IDList(overruled, from: 0, count: overruled.count / 8)
    pulledList = try archive.member(TimelineFormat.Member.pulled.rawValue)
    authorOffsets = try column(.authorOffsets, header.users + 1, 4)
    authorTweets = try column(.authorTweets, header.tweets, 4)
    timelineOffsets = try column(.timelineOffsets, header.users + 1, 8)
    var parts: [CheckedMember] = []
    var starts = [0]
    for part in 0..<header.parts {
      parts.append(try archive.member(TimelineFormat.part(part)))
      starts.append(starts[part] + parts[part].count)
    }
    timelines = parts
    timelineStarts = starts
    followOffsets = try column(.followOffsets, header.users + 1, 8)
    follows = try archive.member(TimelineFormat.Member.follows.rawValue)
    changes = try ChangeRows(try archive.member(TimelineFormat.Member.changes.rawValue))
    names = try NameTable(try archive.member(TimelineFormat.Member.names.rawValue), users: header.users)
    deletes = try DeletedIDs(try archive.member(TimelineFormat.Member.deletes.rawValue))
    popularMember = try archive.member(TimelineFormat.Member.popular.rawValue)
  }
}

// Users.
extension TimelineSegment {
  /// Accounts in it.
  package var users: Int { header.users }

  /// The id of a user. - Throws: `.corrupt`, also for a number that is none.
  package func id(_ user: UInt32) throws(SegmentError) -> UInt64 {
    try ids.load(Int(user) * 8, as: UInt64.self)
  }

  /// The number of an id, or nil. - Complexity: O(log users).
  package func number(of id: UInt64) throws(SegmentError) -> UInt32? {
    let place = try self.place(of: id, from: 0)
    guard place < users, try self.id(UInt32(place)) == id else { return nil }
    return UInt32(place)
  }

  /// The first place from `start` on whose id is not below `id`: gallops, so that ascending ids cost little.
  package func place(of id: UInt64, from start: Int) throws(SegmentError) -> Int {
    var low = start
    var step = 1
    var high = users
    if start > 0 {
      while low + step < users {
        if try self.id(UInt32(low + step)) >= id {
          high = low + step
          break
        }
        low += step
        step *= 2
      }
    }
    while low < high {
      let middle = (low + high) / 2
      if try self.id(UInt32(middle)) < id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package func flags(_ user: UInt32) throws(SegmentError) -> UserFlags {
    UserFlags(rawValue: try flagBytes.load(Int(user), as: UInt8.self))
  }
}

// Authors whose tweets were not pushed.
extension TimelineSegment {
  /// How many there are.
  package var pulledAuthors: Int { pulledList.count / 4 }

  /// One of them, ascending.
  package func pulledAuthor(_ place: Int) throws(SegmentError) -> UInt32 {
    try pulledList.load(place * 4, as: UInt32.self)
  }
}

// Tweets go by their place in order of time and id.
extension TimelineSegment {
  package func tweetID(_ tweet: Int) throws(SegmentError) -> UInt64 {
    try rows.load(tweet * TweetRow.size, as: UInt64.self)
  }
  package func time(_ tweet: Int) throws(SegmentError) -> Int64 {
    try rows.load(tweet * TweetRow.size + TweetRow.time, as: Int64.self)
  }
  package func author(_ tweet: Int) throws(SegmentError) -> UInt32 {
    try rows.load(tweet * TweetRow.size + TweetRow.author, as: UInt32.self)
  }
  /// 0, or the number of the one replied to plus 1; `.max` for someone unknown.
  package func reply(_ tweet: Int) throws(SegmentError) -> UInt32 {
    try rows.load(tweet * TweetRow.size + TweetRow.reply, as: UInt32.self)
  }
  package func original(_ tweet: Int) throws(SegmentError) -> UInt64 {
    try rows.load(tweet * TweetRow.size + TweetRow.original, as: UInt64.self)
  }
  /// 0, or the number of who made the original plus 1.
  package func originalAuthor(_ tweet: Int) throws(SegmentError) -> UInt32 {
    try rows.load(tweet * TweetRow.size + TweetRow.originalAuthor, as: UInt32.self)
  }
  package func marks(_ tweet: Int) throws(SegmentError) -> TweetMarks {
    TweetMarks(rawValue: try rows.load(tweet * TweetRow.size + TweetRow.marks, as: UInt8.self))
  }

  /// A tweet that is marked as what its row does not say.
  func corruptMarks(_ tweet: Int) -> SegmentError {
    rows.corrupt(tweet * TweetRow.size, "tweet \(tweet) is marked as what it is not")
  }

  /// How many tweets were made until `time`, that moment included. - Complexity: O(log tweets).
  package func tweets(until time: Int64) throws(SegmentError) -> Int {
    if time >= header.newest { return header.tweets }
    var low = 0
    var high = header.tweets
    while low < high {
      let middle = (low + high) / 2
      if try self.time(middle) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where an author's tweets lie in the list of all authors' tweets.
  package func tweets(of author: UInt32) throws(SegmentError) -> Range<Int> {
    let start = Int(try authorOffsets.load(Int(author) * 4, as: UInt32.self))
    let end = Int(try authorOffsets.load(Int(author) * 4 + 4, as: UInt32.self))
    guard start <= end, end <= header.tweets else {
      throw authorOffsets.corrupt(Int(author) * 4, "a list from \(start) to \(end)")
    }
    return start..<end
  }

  /// A place of that list.
  package func authorTweet(_ place: Int) throws(SegmentError) -> Int {
    let tweet = Int(try authorTweets.load(place * 4, as: UInt32.self))
    guard tweet < header.tweets else {
      throw authorTweets.corrupt(place * 4, "tweet \(tweet) of \(header.tweets)")
    }
    return tweet
  }

  /// All that is known of a tweet.
  package func facts(_ tweet: Int) throws(SegmentError) -> TweetFacts {
    var facts = TweetFacts(id: try tweetID(tweet), at: try time(tweet), author: try id(try author(tweet)))
    let reply = try self.reply(tweet)
    if reply == .max {
      facts.replyTo = TweetFacts.someone
    } else if reply > 0 {
      facts.replyTo = try id(reply - 1)
    }
    facts.original = try original(tweet)
    let other = try originalAuthor(tweet)
    if other > 0 { facts.originalAuthor = try id(other - 1) }
    facts.protection = try marks(tweet).protection
    return facts
  }
}

// Lists of users.
extension TimelineSegment {
  /// Replaces `list` by what was pushed to a user, newest first.
  package func timeline(_ user: UInt32, into list: inout [UInt32]) throws(SegmentError) {
    list.removeAll(keepingCapacity: true)
    let range = try range(timelineOffsets, timelineStarts.last ?? 0, user)
    if range.isEmpty { return }
    // The part in which it lies whole.
    let number = (timelineStarts.firstIndex { $0 > range.lowerBound } ?? 1) - 1
    let part = timelines[number]
    let start = range.lowerBound - timelineStarts[number]
    let bytes = try part.span(start, range.count)
    var reader = ByteReader(bytes)
    var last = 0
    do throws(DecodeError) {
      while reader.remaining > 0 {
        let step = try reader.readCount(limit: header.tweets)
        last = list.isEmpty ? step : last - step - 1
        guard last >= 0, last < header.tweets else {
          throw .invalid(offset: reader.offset, reason: "tweet \(last) of \(header.tweets)")
        }
        list.append(UInt32(last))
      }
    } catch {
      throw part.corrupt(start + reader.offset, "a timeline that cannot be read: \(error)")
    }
  }

  /// Replaces `list` by those whom a user follows by edges without a time, ascending.
  package func followees(_ user: UInt32, into list: inout [UInt32]) throws(SegmentError) {
    list.removeAll(keepingCapacity: true)
    let follows = self.follows
    let range = try range(followOffsets, follows.count, user)
    if range.isEmpty { return }
    let bytes = try follows.span(range.lowerBound, range.count)
    var reader = ByteReader(bytes)
    var last = 0
    do throws(DecodeError) {
      while reader.remaining > 0 {
        let step = try reader.readCount(limit: users)
        last = list.isEmpty ? step : last + step + 1
        guard last < users else { throw .invalid(offset: reader.offset, reason: "user \(last) of \(users)") }
        list.append(UInt32(last))
      }
    } catch {
      throw follows.corrupt(range.lowerBound + reader.offset, "a list that cannot be read: \(error)")
    }
  }

  private func range(_ offsets: CheckedMember, _ size: Int, _ user: UInt32) throws(SegmentError)
    -> Range<Int>
  {
    let start = try offsets.load(Int(user) * 8, as: UInt64.self)
    let end = try offsets.load(Int(user) * 8 + 8, as: UInt64.self)
    guard start <= end, end <= UInt64(size) else {
      throw offsets.corrupt(Int(user) * 8, "a list from \(start) to \(end)")
    }
    return Int(start)..<Int(end)
  }
}
