import Records
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct RaisedWalkTests {
  @Test(
    "documents asked in any order are found as in a dictionary, and the next one behind each",
    arguments: 0..<12)
  func twin(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let documents = [40, 900, 5000][Int(seed % 3)]
    let lab = try RaisedLab(
      [1, 30, documents / 3, documents][Int(seed % 4)] % documents + 1, of: documents, &random)
    let places = lab.twin.keys.sorted()
    let walk = RaisedWalk(try lab.open())
    var document = 0
    for step in 0..<2000 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: document = Int.random(in: 0..<documents, using: &random)
      default:
        document = min(
          document + Int.random(in: 0..<(step % 2 == 0 ? 3 : 400), using: &random), documents - 1)
      }
      #expect(try walk.place(of: document) == places.firstIndex(of: document))
      #expect(try walk.counts(document) == lab.twin[document])
      let next = try walk.next(from: document)
      let expected = places.firstIndex { $0 >= document }
      #expect(next?.place == expected && next?.document == expected.map { places[$0] })
    }
  }

  @Test("counts take the higher of each, and a record without any gets those that rose") func raise() {
    var low = Counts()
    low.likes = 5
    var high = Counts()
    high.likes = 4
    high.quotes = 0
    low.raise(to: high)
    #expect(low.likes == 5 && low.retweets == -1 && low.quotes == 0)
    var tweet = Tweet()
    tweet.raise(to: Counts())
    #expect(tweet.counts == nil)
    tweet.raise(to: high)
    #expect(tweet.counts == high)
  }
}
