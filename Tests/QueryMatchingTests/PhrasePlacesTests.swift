import QueryMatching
import TestSupport
import Testing

@Suite struct PhrasePlacesTests {
  /// Every choice of places, one a word, tried.
  static func naive(_ found: [[Int]], _ offsets: [Int], _ slop: Int) -> Int {
    func choose(_ word: Int, _ start: Int, _ used: Set<Int>) -> Bool {
      if word == found.count { return true }
      return found[word].contains { place in
        let shifted = place - offsets[word]
        return shifted >= start && shifted <= start + slop && !used.contains(place)
          && choose(word + 1, start, used.union([place]))
      }
    }
    let starts = Set(zip(found, offsets).flatMap { places, offset in places.map { $0 - offset } })
    return starts.filter { choose(0, $0, []) }.count
  }

  @Test("places are counted as by trying every choice", arguments: 0..<400) func choices(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = Int.random(in: 2..<5, using: &random)
    let found = (0..<words).map { _ in
      Set((0..<Int.random(in: 1..<6, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) })
        .sorted()
    }
    var offsets: [Int] = [0]
    for _ in 1..<words { offsets.append((offsets.last ?? 0) + Int.random(in: 1..<3, using: &random)) }
    for slop in 0..<6 {
      #expect(
        PhrasePlaces.count(found, offsets: offsets, slop: slop) == Self.naive(found, offsets, slop),
        "\(found) \(offsets) ~\(slop)")
    }
  }

  @Test(
    "words in order may be n places further apart, turned words two more, and no place is used twice",
    arguments: [
      ([[0], [1]], 0, 1), ([[0], [2]], 0, 0), ([[0], [2]], 1, 1), ([[1], [0]], 1, 0), ([[1], [0]], 2, 1),
      ([[3], [3]], 5, 0), ([[3, 4], [3, 4]], 0, 1), ([[], [1]], 9, 0), ([[0, 5], [1, 6]], 0, 2),
    ] as [([[Int]], Int, Int)])
  func moves(found: [[Int]], slop: Int, expected: Int) {
    #expect(PhrasePlaces.count(found, offsets: [0, 1], slop: slop) == expected)
  }
}
