import Testing

@testable import Search

@Suite struct TypoVariantsTests {
  /// Whether some beginning of `word` is at most one edit from `start`: wrong, missing, too many, two changed places. The
  /// first letter is put right only to a–z and 0–9.
  static func isNear(_ start: String, _ word: String) -> Bool {
    let a = Array(start.unicodeScalars)
    let b = Array(word.unicodeScalars)
    if a.count < TypoVariants.shortest { return false }
    func begins(_ edited: [Unicode.Scalar]) -> Bool { b.starts(with: edited) }
    func isPlain(_ letter: Unicode.Scalar) -> Bool {
      letter.isASCII && (letter.properties.isAlphabetic || letter.properties.numericType != nil)
    }
    for place in a.indices {
      var edited = a
      edited.remove(at: place)
      if begins(edited) { return true }
      if place + 1 < a.count {
        edited = a
        edited.swapAt(place, place + 1)
        if begins(edited) { return true }
      }
      guard place < b.count, place > 0 || isPlain(b[0]) else { continue }
      edited = a
      edited[place] = b[place]
      if begins(edited) { return true }
      edited = a
      edited.insert(b[place], at: place)
      if begins(edited) { return true }
    }
    return false
  }

  @Test(
    "one edit is near, two are not",
    arguments: [
      ("clmate", "climate", true), ("climaet", "climate", true), ("climatte", "climates", true),
      ("klimate", "climate", true), ("limate", "climate", true), ("clmt", "climate", false),
      ("cl", "kl", false),
    ])
  func near(start: String, word: String, isNear: Bool) {
    #expect(Self.isNear(start, word) == isNear)
  }
}
