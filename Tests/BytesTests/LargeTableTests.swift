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

  @Test("an index outside ends the process") func bounds() async {
    await #expect(processExitsWith: .failure) {
      let table = LargeTable<UInt64>(zeroed: 4)
      _ = table[4]
    }
  }
}
