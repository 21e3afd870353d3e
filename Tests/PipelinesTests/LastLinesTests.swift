import Testing

@testable import Pipelines

@Suite struct LastLinesTests {
  private func lines(_ text: String) -> [String] {
    var lines = LastLines()
    lines.add(Array(text.utf8).span) { _ in }
    lines.finish { _ in }
    return lines.text
  }

  @Test("lines are kept, the last twenty of them")
  func last() {
    #expect(lines("a\nb") == ["a", "b"])
    #expect(lines("\n\n") == ["", ""])
    #expect(lines((1...30).map { "\($0)\n" }.joined()) == (11...30).map(String.init))
  }

  @Test("a progress line counts by its last state, and CRLF is a line end")
  func progress() {
    #expect(lines("1 %\r2 %\r3 %\ndone\r\n") == ["3 %", "done"])
  }

  @Test("a line without end is cut")
  func long() {
    #expect(lines(String(repeating: "x", count: 1 << 20)).map(\.utf8.count) == [LastLines.width])
  }

  @Test("each line is told once, when it is whole")
  func told() {
    var told: [String] = []
    var lines = LastLines()
    for part in ["a", "b\nc", "\n", "d"] { lines.add(Array(part.utf8).span) { told.append($0) } }
    lines.finish { told.append($0) }
    #expect(told == ["ab", "c", "d"])
  }
}
