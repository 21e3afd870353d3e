import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding

@Suite("IndexWriter+Retention") struct RetentionTests {
  static func tweet(_ id: UInt64, day: Int) -> String {
    IndexLab.tweet(id, "t\(id)").replacing("2018-08-29", with: "2018-08-\(day < 10 ? "0" : "")\(day)")
  }

  @Test("tweets older than the span before the newest go, whatever segment they are in") func days() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    let days = [1, 20, 9, 10, 30, 11, 10]
    let lines = days.enumerated().map { Self.tweet(UInt64(1000 + $0.offset), day: $0.element) }
    try IndexLab.build(path, lines, every: 2)
    let writer = try IndexWriter(path, threads: 1)
    #expect(try writer.expire(span: 20 * 86_400_000) == 2)
    try writer.commit()
    let kept = zip(lines, days).filter { $0.1 >= 10 }.map(\.0)
    #expect(try IndexLab.dump(path) == kept)
    #expect(try writer.expire(span: 20 * 86_400_000) == 0)
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("an empty index loses nothing") func empty() throws {
    let folder = TemporaryDirectory()
    #expect(try IndexWriter(folder.file("i"), threads: 1).expire(span: 1000) == 0)
  }
}
