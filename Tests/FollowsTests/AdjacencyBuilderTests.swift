import Bytes
import TestSupport
import Testing

@testable import Follows

@Suite struct AdjacencyBuilderTests {
  @Test("lists in both directions are those of a dictionary of sets", arguments: 0..<30)
  func lists(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let users = Int.random(in: 1...300, using: &random)
    var sets: [UInt32: Set<UInt32>] = [:]
    var reversed: [UInt32: Set<UInt32>] = [:]
    var stage = EdgeStage()
    var given = 0
    for _ in 0..<Int.random(in: 0...5000, using: &random) {
      let a = UInt32.random(in: 0..<UInt32(users), using: &random)
      let b = UInt32.random(in: 0...a, using: &random)
      stage.add(a, b)
      given += 1
      sets[a, default: []].insert(b)
      reversed[b, default: []].insert(a)
    }
    func lists(_ pairs: some PairSource, sorted: Bool) -> Adjacency {
      AdjacencyBuilder.group(
        pairs, owners: users, sorted: sorted, threads: Int(seed % 4) + 1, least: seed % 2 == 0 ? 20 : 1 << 20)
    }
    let rough = lists(stage.finish(Array(0..<UInt32(users))), sorted: false)
    let back = lists(Transposed(lists: rough), sorted: true)
    let forth = lists(Transposed(lists: back), sorted: true)
    if seed % 2 == 0 && given > 2000 && users > 50 { #expect(forth.parts.count > 2) }
    #expect(back.count == forth.count && back.count + back.duplicates == given)
    for user in 0..<UInt32(users) {
      #expect(Array(forth.list(user)) == (sets[user] ?? []).sorted())
      #expect(Array(back.list(user)) == (reversed[user] ?? []).sorted())
      #expect(back.list(user).left == reversed[user]?.count ?? 0)
    }
  }

  @Test("slices hold all owners once, whatever their weights") func slices() {
    var random = SeededGenerator(seed: 4)
    for count in [0, 1, 2, 99] {
      let counts = (0..<count).map { _ in UInt32.random(in: 0...200_000, using: &random) }
      let slices = AdjacencyBuilder.slices(counts, wanted: 4, least: 1000)
      #expect(slices.flatMap { Array($0) } == Array(0..<count))
      #expect(slices.allSatisfy { !$0.isEmpty })
    }
  }

  @Test("the page's example is what lies in memory") func example() {
    var stage = EdgeStage()
    for other in [7, 300, 8] as [UInt32] { stage.add(5, other) }
    let rough = AdjacencyBuilder.group(
      stage.finish(Array(0..<301)), owners: 301, sorted: false, threads: 1)
    let back = AdjacencyBuilder.group(Transposed(lists: rough), owners: 301, sorted: true, threads: 1)
    let forth = AdjacencyBuilder.group(Transposed(lists: back), owners: 301, sorted: true, threads: 1)
    let part = forth.parts[0]
    #expect(part.bytes[Int(part.ends[4])..<Int(part.ends[5])] == [0x03, 0x07, 0x00, 0xA3, 0x02])
  }

  @Test("numbers of every width come back", arguments: 0..<64) func varints(bits: Int) {
    var bytes = ByteBuffer()
    let values = [UInt64(1) << UInt64(bits), (UInt64(1) << UInt64(bits)) - 1, UInt64.max >> UInt64(bits)]
    for value in values { Varint.append(value, to: &bytes) }
    var index = 0
    let copy = bytes.span.array
    for value in values { #expect(Varint.read(copy.span, &index) == value) }
    #expect(index == copy.count)
  }

  @Test("differences of either sign come back") func zigzag() {
    let ends: [UInt32] = [0, 1, 5, 127, 128, 1 << 20, UInt32.max - 1, UInt32.max]
    for a in ends { for b in ends { #expect(Varint.unzigzag(a, Varint.zigzag(a, b)) == b) } }
    #expect(Varint.zigzag(5, 5) == 0 && Varint.zigzag(5, 4) == 1 && Varint.zigzag(5, 6) == 2)
  }
}
