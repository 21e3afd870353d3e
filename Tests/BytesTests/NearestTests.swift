import Bytes
import Testing

@Suite struct NearestTests {
  @Test(
    "the nearest name is offered, and none for a word unlike all",
    arguments: [
      ("verfy", "verify"), ("verify", "verify"), ("formt", "format"), ("xyzzyplugh", nil), ("g", "gc"),
      ("", "gc"),
    ] as [(String, String?)]) func match(word: String, expected: String?)
  {
    let found = Nearest.match(word, ["verify", "format", "gc", "merge"])
    #expect(found == expected || word.isEmpty)
  }

  @Test("of equally near names the first is offered") func first() {
    #expect(Nearest.match("bat", ["cat", "hat"]) == "cat")
  }
}
