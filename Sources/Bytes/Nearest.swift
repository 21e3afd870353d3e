/// The nearest name, for "did you mean".
public enum Nearest {
  /// The name within two edits (one for a short word, a third of a long one's length) of `word`, the nearest first,
  /// then in the order given; with `anyDistance` the nearest however far it is. Only a word's first 64 bytes count.
  ///
  /// - Complexity: O(n·m) for each name.
  public static func match(_ word: String, _ names: [String], anyDistance: Bool = false) -> String? {
    let target = Array(word.utf8.prefix(64))
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = editDistance(target, Array(name.utf8))
      let allowed = max(target.count < 4 ? 1 : 2, target.count / 3)
      if anyDistance || distance <= allowed, best.map({ distance < $0.distance }) ?? true {
        best = (name, distance)
      }
    }
    return best?.name
  }

  // Levenshtein with two rows.
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
