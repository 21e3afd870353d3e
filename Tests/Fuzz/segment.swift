import Bytes
import Records
import TextAnalysis

@testable import Commits
@testable import QueryGrammar
@testable import Search
@testable import SearchIndex

private let queries = [
  "storks", "crane", "\"storks and\"", "st* -cranes", "from:birdwatch OR #birdsofkiel", "likes:0..10",
  "since:2018-01-01 has:media", "-is:retweet", "lang:ja", "*",
]

/// A segment of any members: opened, checked, searched and read; refused in the contract's words or answered.
func fuzz(_ bytes: [UInt8]) {
  FuzzFile.put(SegmentFile.build(bytes))
  do {
    let segment = try Segment(FuzzFile.path)
    // A check that finds nothing promises that nothing else does.
    var isSound = false
    do throws(SegmentError) {
      try segment.checkAll()
      isSound = true
    } catch { fatalError("sums that were made to fit do not: \(error.message)") }
    do { try SegmentCheck(segment).run() } catch let error as SegmentError {
      require(error.isNamed, error.message)
      isSound = false
    }
    do { try use(segment) } catch let error as SegmentError {
      require(error.isNamed, error.message)
      require(!isSound, "a full check found nothing, and then: \(error.message)")
    }
  } catch let error as SegmentError { require(error.isNamed, error.message) } catch { fatalError("\(error)") }
}

private func use(_ segment: Segment) throws {
  let compiler = QueryCompiler(segments: [segment], analyzer: AnalyzerSettings())
  // Headers may promise two thousand million documents; a reader of the column refuses them one by one.
  let most = 4096
  for (index, query) in queries.enumerated() {
    // Parsed anew: the leak checker does not see through the tagged pointers of a tree that is kept.
    let matches = try compiler.iterator(try QueryParser.parse(query), segment, scores: index < 4)
    try matches.next()
    var last = -1
    for _ in 0..<most where matches.document != DocIterator.end {
      require(matches.document > last, "document \(matches.document) behind \(last)")
      last = matches.document
      if index < 4 { _ = try matches.score() }
      try matches.next()
    }
  }
  var records = try SegmentRecords([segment])
  var tweet = Tweet()
  for document in 0..<min(segment.documentCount, most) {
    let id = try segment.id(document)
    _ = try segment.document(id)
    _ = try segment.time(document)
    try records.read(0, document, into: &tweet)
    var line = ByteBuffer()
    TweetWriter.write(tweet, to: &line)
  }
  for field in [TermField.authorID, .conversation, .replyTweet] {
    _ = try segment.documents(with: field, id: 7)
  }
  for event in try segment.tombstones.events() {
    var line = ByteBuffer()
    event.write(to: &line)
  }
  for table in [segment.userTable, segment.languageTable, segment.placeTable] {
    for ordinal in 0..<min(table.count, most) { _ = try table.string(ordinal).count }
  }
}
