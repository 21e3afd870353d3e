import CommitTestSupport
import Commits
import Bytes
import Foundation
import IndexTestSupport
import Records
import QueryGrammar
import Search
import TestSupport

@testable import SearchIndex

/// The tweets that the golden index holds, and what an index answers: everything it can be asked for.
enum SmallWorld {
  static let first: UInt64 = 1_034_898_743_869_534_208

  /// Every field of the record stands somewhere in them.
  static let rich = [
    IndexLab.tweet(
      first, "Storks and cranes \u{1F426} #BirdsOfKiel with @ornis https://t.co/abc $WING",
      #""user":{"id":"7","username":"birdwatch","name":"Bird Watch","bio":"we count","location":"Kiel","followers":1200,"following":80,"tweets":4321,"verified":true,"protected":false,"created_at":"2013-12-14T04:35:55.000Z"},"lang":"en","hashtags":["BirdsOfKiel"],"cashtags":["WING"],"mentions":[{"id":"17","username":"ornis"}],"urls":[{"url":"https://t.co/abc","expanded":"https://example.org/storks/2018"}],"media":[{"type":"photo","url":"https://e.org/p"}],"geo":{"lon":10.1394,"lat":54.3213,"place":"Kiel, Germany","place_id":"abcd","country":"DE"},"counts":{"likes":9,"retweets":5,"replies":1,"quotes":0},"source":"Web App","sensitive":false,"cluster":"c1","spam":{"score":0.5,"parts":[]}"#
    ),
    IndexLab.tweet(
      first + 4_194_304, "@birdwatch a very long answer about storks, storks and storks",
      #""user":{"id":"17","username":"ornis"},"lang":"en","reply_to":{"tweet":"1034898743869534208","user":"7","username":"birdwatch"},"conversation_id":"1034898743869534208""#
    ),
    IndexLab.tweet(
      first + 8_388_608, "RT storks",
      #""user":{"id":"18","username":"fan"},"lang":"de","retweet_of":{"id":"1034898743869534208","user":{"id":"7","username":"birdwatch"},"created_at":"2018-08-29T20:21:02.000Z"}"#
    ),
    IndexLab.tweet(
      first + 12_582_912, "\u{6771}\u{4EAC}\u{90FD} cranes",
      #""user":{"id":"19","username":"quoter"},"lang":"ja","quote_of":{"id":"1034898743869534208","user":{"id":"7","username":"birdwatch"},"text":"Storks"},"sensitive":true,"counts":{"likes":120}"#
    ),
    IndexLab.tweet(500, "an old tweet without much", ""),
    #"{"type":"delete","id":"42","user":"7","at":"2019-01-01T00:00:00.000Z"}"#,
    #"{"type":"user_delete","user":"99"}"#, #"{"type":"scrub_geo","user":"98","up_to":"1000"}"#,
  ]

  /// Enough tweets for full blocks of postings and positions.
  static let many = (0..<300).map { index in
    IndexLab.tweet(
      first + UInt64(index) * 4_194_304,
      index % 3 == 0 ? "crane crane \(index % 7)" : "crane stork \(index % 5)")
  }

  /// Deletes some of them.
  static let deletes = ([3, 130, 299] as [UInt64]).map {
    "{\"type\":\"delete\",\"id\":\"\(first + $0 * 4_194_304)\"}"
  }

  static let queries = [
    "storks", "cranes OR crane", "\"storks and\"", "\"crane crane\"", "crane stork -3", "st*",
    "from:birdwatch", "from:7", "#birdsofkiel", "$wing",
    "@ornis", "lang:ja", "has:media OR is:reply", "url:example.org", "place:kiel", "place_country:de",
    "min_likes:5",
    "likes:0..10", "since:2018-01-01", "until:2018-01-01", "max_id:1000", "since_id:1000 -storks",
    "source:\"web app\"",
    "conversation_id:1034898743869534208", "*", "-is:retweet",
  ]

  /// Everything that an index answers, as text.
  static func answers(_ path: String) throws -> String {
    var out = try IndexLab.dump(path).joined(separator: "\n")
    out += try IndexLab.terms(path).joined(separator: "\n")
    let searcher = try Searcher([try IndexReader(path)])
    var tweet = Tweet()
    for query in queries {
      let tree = try QueryParser.parse(query)
      out += "\n\(query): \(try searcher.count(tree))"
      for sort in SortOrder.allCases {
        for hit in try searcher.search(tree, sort: sort, limit: 3) {
          out += " \(hit.id) \(hit.score)"
          if sort == .latest { try searcher.read(hit, into: &tweet) }
        }
      }
    }
    return out
  }

  /// What an examined index turned out to be.
  enum Verdict: Equatable {
    case answers(String)
    case refused(String)
    case strange(String)
  }

  /// Opens, verifies and asks everything.
  static func examine(_ path: String) -> Verdict {
    func named(_ message: String) -> Bool {
      message.hasPrefix("corrupt: ") || message.hasPrefix("too-new: ") || message.hasPrefix("too-old: ")
    }
    do {
      let problems = try IndexLab.problems(path)
      if let problem = problems.first {
        // Whoever did not verify may still ask.
        do { _ = try answers(path) } catch let error as SegmentError {
          if !named(error.message) { return .strange(error.message) }
        }
        return named(problem) ? .refused(problem) : .strange(problem)
      }
      return .answers(try answers(path))
    } catch let error as SegmentError {
      return named(error.message) ? .refused(error.message) : .strange(error.message)
    } catch { return .strange("\(error)") }
  }
}

/// An index of one segment whose file can be replaced by damaged ones, without making anything durable.
struct DamagedIndex {
  let folder = TemporaryDirectory()
  let surgery: SegmentSurgery
  private let manifest: Manifest
  private let segment: String
  private let manifestPath: String

  /// With `then`, a second commit makes documents of the first segment dead.
  init(_ lines: [String], then later: [String] = []) throws {
    let path = folder.file("index")
    try IndexLab.build(path, lines)
    if !later.isEmpty { try IndexLab.build(path, later) }
    segment = try IndexLab.segmentFiles(path)[0]
    surgery = SegmentSurgery(try IndexLab.bytes(segment))
    let found = try CommitFolder(path, .index).newest()
    manifest = found ?? Manifest(.index)
    manifestPath = path + "/" + Manifest.name(manifest.generation)
  }

  var path: String { folder.file("index") }

  /// Replaces the segment; `fitted` makes all sums, and the manifest, fit.
  func put(_ bytes: [UInt8], fitted: Bool) throws {
    let file = fitted ? surgery.repaired(bytes) : bytes
    try IndexLab.write(file, to: segment)
    guard fitted else { return }
    var next = manifest
    next.segments[0].size = file.count
    next.segments[0].checksum = surgery.checksum(file)
    // A writer may have moved on.
    try IndexLab.write(Array((Manifest.name(manifest.generation) + "\n").utf8), to: path + "/CURRENT")
    try IndexLab.write(next.encoded().span.array, to: manifestPath)
  }
}
