import Bytes
import TestSupport
import Testing

@Suite struct TermTableTests {
  // Short and long terms, equal heads, zero bytes: what a slot cannot tell apart by itself.
  static func term(_ random: inout SeededGenerator) -> [UInt8] {
    let size = Int.random(in: 0..<12, using: &random)
    return (0..<size).map { _ in UInt8.random(in: 0..<2, using: &random) }
  }

  @Test("numbers strings as a dictionary does, from 0 in order of arrival", arguments: 0..<10) func numbers(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var table = TermTable(capacity: 4)
    var twin: [[UInt8]: Int] = [:]
    for _ in 0..<3000 {
      let field = UInt8.random(in: 0..<3, using: &random)
      let term = Self.term(&random)
      let number = table.insert(field, term.span)
      let known = twin[[field] + term]
      #expect(number == known ?? twin.count)
      if known == nil { twin[[field] + term] = number }
    }
    #expect(table.count == twin.count)
    for (whole, number) in twin { #expect(table.copy(number) == whole && table.field(number) == whole[0]) }
  }

  @Test("another table's strings get the numbers that one by one they would", arguments: 0..<10)
  func insertAll(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var table = TermTable(capacity: 4)
    var twin: [[UInt8]] = []
    var batch = TermTable(capacity: 4)
    for _ in 0..<20 {
      batch.removeAll()
      for _ in 0..<Int.random(in: 0..<100, using: &random) {
        let term = Self.term(&random)
        _ = batch.insert(7, term.span)
      }
      var numbers: [UInt32] = []
      table.insert(all: batch, batch.hashes(), &numbers)
      for (index, number) in numbers.enumerated() {
        let whole = batch.copy(index)
        if !twin.contains(whole) { twin.append(whole) }
        #expect(twin[Int(number)] == whole)
      }
      #expect(numbers.count == batch.count && table.count == twin.count)
    }
  }
}
