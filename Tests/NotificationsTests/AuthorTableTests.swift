import Testing

@testable import Notifications

@Suite struct AuthorTableTests {
  @Test("finds what was looked for, and nothing else, however many there are") func finds() {
    var table = AuthorTable()
    for id in stride(from: UInt64(3), to: 60_000, by: 3) { table.insert(id) }
    table.insert(3)
    #expect(table.count == 19_999)
    for id in UInt64(1)..<60_000 { table.set(id, author: id * 7) }
    for id in UInt64(1)..<60_000 {
      #expect(table.holds(id) == (id % 3 == 0))
      #expect(table.author(of: id) == (id % 3 == 0 ? id * 7 : 0))
    }
    table.insert(1)
    #expect(table.holds(1) && table.author(of: 1) == 0)
  }
}
