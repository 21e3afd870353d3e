import Activity
import Bytes
import TestSupport
import Testing

@testable import TimelineBuilding

@Suite struct NameLogTests {
  @Test(
    "the last name of each account stays, of two of one moment the greater one, in any order",
    arguments: 0..<5)
  func last(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let said: [(UInt64, String, Int64)] = [
      (1, "a", 5), (1, "b", 7), (1, "a", 6), (2, "x", 3), (2, "y", 3), (2, "w", 3), (3, "only", -4),
      (1, "b", 2),
    ]
    var log = NameLog()
    for (user, name, at) in said.shuffled(using: &random) {
      let bytes = Array(name.utf8)
      log.add(user, bytes.span, at: at)
    }
    let list = log.takeSorted()
    #expect(list.entries.map(\.user) == [1, 2, 3] && list.entries.map(\.at) == [7, 3, -4])
    let names = list.entries.map {
      String(decoding: list.bytes[Int($0.start)..<Int($0.start + $0.count)], as: UTF8.self)
    }
    #expect(names == ["b", "y", "only"])
  }

  @Test("an account that is called otherwise again and again takes no more memory") func room() {
    var log = NameLog()
    for at in 0..<1000 {
      let bytes = Array((at % 2 == 0 ? "short" : "much_longer").utf8)
      log.add(7, bytes.span, at: Int64(at))
    }
    #expect(log.size <= 16)
    let list = log.takeSorted()
    #expect(list.name(list.entries[0]).text == "much_longer")
  }
}
