import Bytes
import Testing

@Suite struct LargeTableTests {
  @Test("a table is zeroed and keeps what is put in", arguments: [1, 1000, 300_000]) func keeps(count: Int) {
    var table = LargeTable<UInt64>(zeroed: count)
    var sum: UInt64 = 0
    for index in 0..<count { sum += table[index] }
    #expect(sum == 0)
    for index in 0..<count { table[index] = UInt64(index) }
    for index in 0..<count { sum += table[index] }
    #expect(sum == UInt64(count) * UInt64(count - 1) / 2)
  }

  @Test("elements are replaced where they belong, and nowhere else") func replaces() {
    var table = LargeTable<UInt8>(zeroed: 6)
    let some: [UInt8] = [1, 2, 3]
    table.replace(from: 2, with: some.span)
    table.replace(from: 6, with: some.span.extracting(0..<0))
    let found = (0..<6).map { table[$0] }
    #expect(found == [0, 0, 1, 2, 3, 0])
  }

  @Test("elements that reach outside end the process") func replacesOutside() async {
    await #expect(processExitsWith: .failure) {
      var table = LargeTable<UInt8>(zeroed: 4)
      let some: [UInt8] = [1, 2, 3]
      table.replace(from: 2, with: some.span)
    }
  }

  @Test("an index outside ends the process") func bounds() async {
    await #expect(processExitsWith: .failure) {
      let table = LargeTable<UInt64>(zeroed: 4)
      _ = table[4]
    }
  }
}
