import Foundation
import SyntheticWorld
import Testing
import TestSupport

@Suite struct WorldTests {
  static let samples = ToolRunner.root + "/samples"
  static let files = [
    "account.zip", "dump.tar", "follows.tsv", "page-v2.json", "truth.ndjson", "tweets.csv",
    "tweets.ndjson.zst",
  ]

  @Test("samples/ is what the generator makes; after a change of it: make samples") func committed() throws {
    let fresh = TemporaryDirectory()
    try World(seed: 2021, tweets: 5000).write(into: fresh.path, compressed: true)
    for file in Self.files {
      let same = FileManager.default.contentsEqual(
        atPath: fresh.file(file), andPath: Self.samples + "/" + file)
      #expect(same, "\(file) differs from samples/\(file): run `make samples` and look at the diff")
    }
  }

  @Test("the truth agrees with the dump, line by line") func truth() throws {
    let folder = TemporaryDirectory()
    try World(seed: 9, tweets: 2000).write(into: folder.path, compressed: false)
    let lines = try Data(contentsOf: URL(fileURLWithPath: folder.file("tweets.ndjson"))).split(separator: 10)
    let truth = try String(contentsOfFile: folder.file("truth.ndjson"), encoding: .utf8).split(
      separator: "\n"
    ).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let ledger = try #require(truth.first { $0["type"] as? String == "ledger" })
    func count(_ key: String) -> Int { ledger[key] as? Int ?? -1 }
    #expect(count("read") == lines.count)
    #expect(
      count("read") == count("written") + count("duplicate") + count("rejected") + count("filtered"))
    #expect(count("tweets") == 2000)

    var ids: Set<String> = []
    var phrase = 0
    for line in lines {
      guard let text = String(validating: line, as: UTF8.self),
        let status = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
        let id = status["id_str"] as? String, status["user"] != nil, let full = Self.longest(status)
      else { continue }
      guard ids.insert(id).inserted else { continue }
      let source = status["retweeted_status"] as? [String: Any] ?? status
      if Self.longest(source)?.contains("silent harbor") == true { phrase += 1 }
      Self.checkEntities(status, full)
    }
    #expect(ids.count == 2000)
    let burst = truth.first { $0["term"] as? String == "silent harbor" }
    #expect(phrase == burst?["tweets"] as? Int)
  }

  @Test("other seeds make other worlds, the same seed the same") func seeds() throws {
    let folder = TemporaryDirectory()
    func dump(_ seed: UInt64, _ name: String) throws -> Data {
      try World(seed: seed, tweets: 1000).write(into: folder.file(name), compressed: false)
      return try Data(contentsOf: URL(fileURLWithPath: folder.file(name) + "/tweets.ndjson"))
    }
    let first = try dump(1, "a")
    #expect(try first == dump(1, "b"))
    #expect(try first != dump(2, "c"))
  }

  private static func longest(_ status: [String: Any]) -> String? {
    let extended = status["extended_tweet"] as? [String: Any]
    return extended?["full_text"] as? String ?? status["full_text"] as? String ?? status["text"] as? String
  }

  /// Every entity's indices lead to its own words, counted in code points.
  private static func checkEntities(_ status: [String: Any], _ full: String) {
    let holder = status["extended_tweet"] as? [String: Any] ?? status
    let entities = holder["entities"] as? [String: [[String: Any]]] ?? [:]
    let scalars = Array(full.unicodeScalars)
    for (kind, sign, key) in [
      ("hashtags", "#", "text"), ("symbols", "$", "text"), ("user_mentions", "@", "screen_name"),
      ("urls", "", "url"),
      ("media", "", "url"),
    ] {
      for entity in entities[kind] ?? [] {
        guard let at = entity["indices"] as? [Int], let word = entity[key] as? String else {
          Issue.record("\(kind) without indices in \(full)")
          continue
        }
        var found = ""
        found.unicodeScalars.append(contentsOf: scalars[at[0]..<at[1]])
        #expect(found == sign + word)
      }
    }
  }
}
