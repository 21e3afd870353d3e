import Bytes
import Testing

@Suite struct PathsTests {
  @Test(
    "a path has a folder and a name",
    arguments: [
      ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/a/b/c", "/a/b", "c"), ("a/", "a", ""),
      ("é/ü", "é", "ü"),
      ("./x", ".", "x"), ("", ".", ""),
    ]) func parts(path: String, parent: String, name: String)
  {
    #expect(Paths.parent(path) == parent)
    #expect(Paths.name(path) == name)
  }

  @Test("joining never doubles the slash") func join() {
    #expect(Paths.join("a", "b") == "a/b")
    #expect(Paths.join("a/", "b") == "a/b")
    #expect(Paths.join("/", "b") == "/b")
  }
}
