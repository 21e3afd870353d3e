import Foundation
import TestSupport
import Testing

@testable import Containers

/// Patterns for names.
@Suite struct InputPathsTests {
  @Test(
    "patterns match as in a shell",
    arguments: [
      ("a*.json", "abc.json", true), ("*", "x", true), ("a?c", "abc", true), ("a?c", "ac", false),
      ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[^a]x", "bx", true), ("*a*b*", "xxaxxb", true),
      ("*a*b*", "xxbxxa", false), ("[", "[", true), ("a", "b", false),
    ])
  func patterns(pattern: String, name: String, matches: Bool) {
    #expect(PathPattern.matches(Array(name.utf8)[...], Array(pattern.utf8)[...]) == matches)
  }

  @Test("the size of files and folders is known, that of standard input and of what is missing is not")
  func totalSize() throws {
    let folder = TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: folder.file("sub"), withIntermediateDirectories: true)
    for (name, size) in [("a", 3), ("sub/b", 40)] {
      try Data(count: size).write(to: URL(fileURLWithPath: folder.file(name)))
    }
    #expect(InputPaths.totalSize([folder.path]) == 43)
    #expect(InputPaths.totalSize([folder.file("a"), folder.file("a")]) == 6)
    #expect(InputPaths.totalSize([]) == nil)
    #expect(InputPaths.totalSize(["-"]) == nil)
    #expect(InputPaths.totalSize([folder.file("none")]) == nil)
  }
}
