import Bytes
import IndexTestSupport
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct PeopleTests {
  static func line(_ id: UInt64, _ user: Int, _ handle: String, _ name: String) -> String {
    IndexLab.tweet(id, "hi", "\"user\":{\"id\":\"\(user)\",\"username\":\"\(handle)\",\"name\":\"\(name)\"}")
  }

  static func searcher(_ folder: TemporaryDirectory) throws -> Searcher {
    let lines = [
      line(1001, 1, "BirdWatch", "We count"), line(1002, 2, "birdwatcher", "Ann"),
      line(1003, 2, "birdwatcher", "Ann"),
      line(1004, 3, "bridwatch", "Typo"), line(1005, 4, "zoo", "Größe Müller"),
      line(1006, 5, "kiel", "City of Kiel"),
    ]
    try IndexLab.build(folder.file("i"), lines, every: 2)
    return try Searcher([try IndexReader(folder.file("i"))])
  }

  @Test(
    "people are found by handle, its beginning or a typo, and only else by name",
    arguments: [
      ("birdwatch", ["birdwatch handle", "birdwatcher beginning", "bridwatch correction"]),
      ("@Bird Watch", ["birdwatch handle", "birdwatcher beginning", "bridwatch correction"]),
      ("bird", ["birdwatcher beginning", "birdwatch beginning", "bridwatch correction"]),
      ("city kiel", ["kiel name"]), ("GROSSE muller", ["zoo name"]), ("nobody", []), ("", []),
    ])
  func found(text: String, expected: [String]) throws {
    let folder = TemporaryDirectory()
    let searcher = try Self.searcher(folder)
    for limit in 1...4 {
      var tweet = Tweet()
      let found = try searcher.people(text, limit: limit).map { person in
        try searcher.read(person.newest, into: &tweet)
        return "\(tweet.bytes(tweet.user?.username ?? .absent).text.lowercased()) \(person.match.rawValue)"
      }
      #expect(found == Array(expected.prefix(limit)), "\(text)")
    }
  }
}
