/// Whether and how often the words of a phrase stand where they should.
///
/// With slop n, words may be moved by n places in all, as in Lucene's sloppy phrases and PowerTrack's `"a b"~n`: taking each
/// word's place less its place in the phrase, the greatest and the least differ by at most n; two words never share a
/// place. So with ~1 "a b" finds "a x b", and with ~2 "b a" too.
public enum PhrasePlaces {
  /// How many starts the phrase has: without slop its occurrences; with slop the places where a match may begin.
  ///
  /// - Parameters:
  ///   - found: where each word stands, rising.
  ///   - offsets: each word's place in the phrase, rising.
  /// - Complexity: O(places) without slop; with slop O(places × words² × slop), in practice far less.
  public static func count(_ found: [[Int]], offsets: [Int], slop: Int) -> Int {
    if found.isEmpty || found.contains(where: \.isEmpty) { return 0 }
    if found.count == 1 { return found[0].count }
    return slop == 0 ? exact(found, offsets) : near(found, offsets, slop)
  }

  private static func exact(_ found: [[Int]], _ offsets: [Int]) -> Int {
    var matches = 0
    var places = [Int](repeating: 0, count: found.count)
    for start in found[0] {
      let base = start - offsets[0]
      var holds = true
      for index in 1..<found.count {
        let wanted = base + offsets[index]
        while places[index] < found[index].count, found[index][places[index]] < wanted { places[index] += 1 }
        if places[index] == found[index].count || found[index][places[index]] != wanted {
          holds = false
          break
        }
      }
      if holds { matches += 1 }
    }
    return matches
  }

  private static func near(_ found: [[Int]], _ offsets: [Int], _ slop: Int) -> Int {
    let shifted = zip(found, offsets).map { places, offset in places.map { $0 - offset } }
    var starts = Set(shifted.joined()).sorted()
    // A start behind every place of one word begins nothing.
    let last = shifted.map { $0[$0.count - 1] }.min() ?? 0
    starts.removeAll { $0 > last }
    var matches = 0
    for start in starts {
      var choices: [[Int]] = []
      for (index, places) in shifted.enumerated() {
        let first = lowerBound(places, start)
        var end = first
        while end < places.count, places[end] <= start + slop { end += 1 }
        if first == end { break }
        choices.append(Array(found[index][first..<end]))
      }
      if choices.count == shifted.count, canChoose(choices) { matches += 1 }
    }
    return matches
  }

  private static func lowerBound(_ places: [Int], _ wanted: Int) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // Whether every word can have a place of its own: a matching by augmenting paths (H. W. Kuhn, 1955).
  private static func canChoose(_ choices: [[Int]]) -> Bool {
    var owner: [Int: Int] = [:]
    func place(_ word: Int, _ tried: inout Set<Int>) -> Bool {
      for choice in choices[word] where tried.insert(choice).inserted {
        guard let other = owner[choice] else {
          owner[choice] = word
          return true
        }
        if place(other, &tried) {
          owner[choice] = word
          return true
        }
      }
      return false
    }
    for word in choices.indices {
      var tried: Set<Int> = []
      if !place(word, &tried) { return false }
    }
    return true
  }
}
