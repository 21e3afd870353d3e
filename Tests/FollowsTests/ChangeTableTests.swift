import Testing

@testable import Follows

@Suite struct ChangeTableTests {
  typealias Change = ChangeTable.Change

  @Test("a change holds from its own time on until the next") func states() {
    let table = ChangeTable([
      Change(owner: 1, other: 2, at: 10, isOn: false), Change(owner: 1, other: 2, at: 5, isOn: true),
      Change(owner: 1, other: 3, at: 0, isOn: true), Change(owner: 0, other: 2, at: 7, isOn: true),
    ])
    #expect(table.state(1, 2, at: 4) == nil)
    #expect(table.state(1, 2, at: 5) == true)
    #expect(table.state(1, 2, at: 9) == true)
    #expect(table.state(1, 2, at: 10) == false)
    #expect(table.state(1, 2, at: Int64.max) == false)
    #expect(table.state(2, 1, at: Int64.max) == nil)
    #expect(table.pairs(at: 9) == 3 && table.pairs(at: 10) == 2)
  }

  @Test("of two changes at one time the ending one holds, and equal ones are one") func ties() {
    let on = Change(owner: 0, other: 1, at: 5, isOn: true)
    let off = Change(owner: 0, other: 1, at: 5, isOn: false)
    for list in [[on, off], [off, on], [on, off, on, off]] {
      let table = ChangeTable(list)
      #expect(table.state(0, 1, at: 5) == false)
      #expect(table.changes.count == 2 && table.duplicates == list.count - 2)
    }
  }

  @Test("times at the ends of what a number holds are in order") func extremes() {
    let table = ChangeTable([
      Change(owner: 0, other: 1, at: RelationChange.oldest, isOn: true),
      Change(owner: 0, other: 1, at: Int64.max, isOn: false),
    ])
    #expect(table.state(0, 1, at: Int64.min) == true)
    #expect(table.state(0, 1, at: 0) == true)
    #expect(table.state(0, 1, at: Int64.max) == false)
  }

  @Test("from the other side it is the same") func reversed() {
    let table = ChangeTable([Change(owner: 0, other: 1, at: 5, isOn: true)]).reversed
    #expect(table.state(1, 0, at: 5) == true && table.state(0, 1, at: 5) == nil)
    #expect(table.range(1) == 0..<1 && table.range(0).isEmpty)
  }
}
