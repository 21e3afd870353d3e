internal import Bytes
internal import Commits
internal import Records

/// What `--verify` found wrong in one index.
public struct IndexProblem: Equatable, Sendable {
  /// In words, beginning with `corrupt:`, `too-new:` or `too-old:` where a file is damaged.
  public var message: String
}

/// Walks an index: `quick` checks every checksum, `full` also decodes everything and compares it with itself.
public struct IndexCheck {
  /// How much is checked.
  public enum Depth: String, CaseIterable, Sendable {
    /// Manifest, tables, and the checksum of every data block.
    case quick
    /// Also every posting, position, column value and record.
    case full
  }

  private let depth: Depth
  private let threads: Int

  /// A check.
  public init(_ depth: Depth, threads: Int) {
    self.depth = depth
    self.threads = threads
  }

  /// All problems of the index at `path`, in the order of its segments; none when it is sound.
  ///
  /// - Throws: `CommitError.notAStore`, `SystemError`.
  public func problems(_ path: String) throws -> [IndexProblem] {
    let folder = CommitFolder(path, .index)
    let depth = self.depth
    let (manifest, found) = try StoreCheck.problems(folder, threads: threads) { entry, manifest in
      try Self.problem(entry, folder, depth, analyzer: manifest.attribute)
    }
    let problems = found.compactMap { $0.map(IndexProblem.init) }
    guard let manifest else { return problems }
    return problems + (try duplicates(manifest, folder, found))
  }

  private static func problem(
    _ entry: Manifest.Segment, _ folder: CommitFolder, _ depth: Depth, analyzer: String
  ) throws -> String? {
    let live = try LiveSegment(entry, folder)
    try live.segment.checkAll()
    guard live.segment.documentCount == entry.documents, live.segment.header.analyzer == analyzer else {
      return "corrupt: \(entry.name): another segment than the manifest names"
    }
    if depth == .full { try SegmentCheck(live.segment).run() }
    return nil
  }

  /// Tweets that live in two of several indexes. - Throws: what opening them throws.
  public static func sharedTweets(_ paths: [String]) throws -> [IndexProblem] {
    let readers = try paths.map { try IndexReader($0) }
    var problems: [IndexProblem] = []
    for (place, reader) in readers.enumerated() {
      for later in readers[(place + 1)...] {
        for live in reader.segments {
          for document in 0..<live.segment.documentCount where live.isLive(document) {
            let id = try live.segment.id(document)
            for other in later.segments {
              guard let twin = try other.segment.document(id), other.isLive(twin) else { continue }
              problems.append(
                IndexProblem(message: "tweet \(id) lives in \(reader.path) and in \(later.path)"))
            }
          }
        }
      }
    }
    return problems
  }

  // A tweet may live in one segment only.
  private func duplicates(_ manifest: Manifest, _ folder: CommitFolder, _ found: [String?]) throws
    -> [IndexProblem]
  {
    guard depth == .full, found.allSatisfy({ $0 == nil }) else { return [] }
    let segments = try manifest.segments.map { try LiveSegment($0, folder) }
    var problems: [IndexProblem] = []
    for (place, live) in segments.enumerated() {
      for document in 0..<live.segment.documentCount where live.isLive(document) {
        let id = try live.segment.id(document)
        for other in segments[(place + 1)...] {
          if let twin = try other.segment.document(id), other.isLive(twin) {
            problems.append(IndexProblem(message: "corrupt: tweet \(id) lives in two segments"))
          }
        }
      }
    }
    return problems
  }
}

/// Decodes all of one segment.
struct SegmentCheck {
  private let segment: Segment

  init(_ segment: Segment) { self.segment = segment }

  /// - Throws: the first `SegmentError`.
  func run() throws {
    try checkDocuments()
    if let raised = segment.raised { try RaisedCheck(raised, segment).run() }
    try checkTables()
    try checkTerms()
    _ = try segment.tombstones.events()
  }

  private func corrupt(_ member: String, _ offset: Int, _ reason: String) -> SegmentError {
    .corrupt(file: segment.file, member: member, offset: offset, reason: reason)
  }

  private func checkDocuments() throws {
    var records = try segment.records()
    var tweet = Tweet()
    var last = UInt64.max
    var length: UInt64 = 0
    for document in 0..<segment.documentCount {
      try records.read(document, into: &tweet)
      guard tweet.id < last else {
        throw corrupt("columns/ids", document, "document \(document) is out of order")
      }
      last = tweet.id
      length &+= UInt64(try segment.lengths.value(document))
      for member in [
        SegmentFormat.Member.likes, .retweets, .replies, .quotes, .longitudes, .latitudes, .flags,
      ] {
        _ = try segment.column(member).value(document)
      }
      for (member, table) in [
        (SegmentFormat.Member.users, segment.userTable), (.languages, segment.languageTable),
        (.places, segment.placeTable),
      ] {
        let ordinal = try segment.column(member).value(document)
        guard ordinal >= 0, ordinal <= table.count else {
          throw corrupt(member.rawValue, document, "ordinal \(ordinal) of \(table.count) strings")
        }
      }
    }
    guard length == segment.header.totalLength else {
      throw corrupt("header", 32, "the lengths do not add up")
    }
  }

  private func checkTables() throws {
    for table in [segment.userTable, segment.languageTable, segment.placeTable] {
      for ordinal in 0..<table.count { _ = try table.string(ordinal).count }
    }
  }

  private func checkTerms() throws {
    var cursor = TermCursor(segment.terms, block: 0)
    var terms = 0
    var last = ByteBuffer()
    var positions: [Int] = []
    while try cursor.next() {
      guard terms == 0 || cursor.term.span.compare(last.span) > 0 else {
        throw corrupt("terms", terms, "term \(terms) is out of order")
      }
      last.removeAll()
      last.append(contentsOf: cursor.term)
      try check(cursor.info, isText: cursor.term.span[0] == TermField.text.rawValue, &positions)
      terms += 1
    }
    guard terms == segment.terms.termCount(segment.header) else {
      throw corrupt("terms", terms, "\(terms) terms, the header says another number")
    }
  }

  private func check(_ info: TermInfo, isText: Bool, _ positions: inout [Int]) throws {
    var postings = try PostingsCursor(segment, info, hasCounts: isText)
    // Other terms have no positions.
    var cursor = isText ? try PositionsCursor(segment, info) : nil
    var tiers = try TierCheck(postings.list)
    var documents = 0
    var occurrences = 0
    try postings.next()
    while postings.document != PostingsCursor.end {
      documents += 1
      if isText {
        let frequency = try postings.frequency()
        try cursor?.read(first: occurrences, frequency: frequency, into: &positions)
        let length = try segment.lengths.value(postings.document)
        guard let last = positions.last, last < length else {
          throw corrupt("positions", info.positions.lowerBound, "a position beyond the text")
        }
        occurrences += frequency
        guard try tiers.agree(postings.document, frequency: frequency, length: length) else {
          throw corrupt("postings", info.postings.lowerBound, "a tier that is not a part of its list")
        }
      }
      try postings.next()
    }
    guard tiers.areOver() else {
      throw corrupt("postings", info.postings.lowerBound, "a tier that goes on behind its list")
    }
    guard documents == info.documents, !isText || occurrences == info.occurrences else {
      throw corrupt(
        "postings", info.postings.lowerBound, "\(documents) documents, the dictionary says \(info.documents)")
    }
  }
}

extension TermDictionaryReader {
  /// How many terms the header says there are.
  func termCount(_ header: SegmentHeader) -> Int { header.terms }
}
