import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct PostingsCursorTests {
  static let sizes = [0, 1, 2, 127, 128, 129, 255, 256, 257, 384, 600]

  @Test("a walk gives every document, frequency and position", arguments: [true, false]) func walk(
    isText: Bool
  ) throws {
    var random = SeededGenerator(seed: 3)
    let lists = Self.sizes.map { SegmentForge.list($0, of: 700, &random) }
    let (segment, infos) = try SegmentForge.segment(documents: 700, lists, isText: isText)
    for (list, info) in zip(lists, infos) where !list.isEmpty {
      var cursor = try PostingsCursor(segment, info, hasCounts: isText)
      var positions = isText ? try PositionsCursor(segment, info) : nil
      #expect(cursor.count == list.count)
      var occurrences = 0
      for entry in list {
        try cursor.next()
        #expect(cursor.document == entry.document)
        if !isText { continue }
        #expect(try cursor.frequency() == entry.positions.count)
        #expect(try cursor.occurrencesBefore() == occurrences)
        var found: [Int] = []
        try positions?.read(first: occurrences, frequency: entry.positions.count, into: &found)
        #expect(found == entry.positions)
        occurrences += entry.positions.count
      }
      try cursor.next()
      #expect(cursor.document == PostingsCursor.end)
      try cursor.next()
      #expect(cursor.document == PostingsCursor.end)
    }
  }

  @Test("any mix of next and advance stands where an array says", arguments: 0..<60) func advance(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let documents = [700, 5000].randomElement(using: &random) ?? 700
    let list = SegmentForge.list(
      Self.sizes.dropFirst().randomElement(using: &random) ?? 1, of: documents, &random)
    let (segment, infos) = try SegmentForge.segment(documents: documents, [list])
    for reach in [3, 50, 400, documents] {
      var cursor = try PostingsCursor(segment, infos[0], hasCounts: true)
      var positions = try PositionsCursor(segment, infos[0])
      var place = -1
      while place < list.count {
        if Int.random(in: 0..<3, using: &random) == 0 {
          try cursor.next()
          place += 1
        } else {
          let target = max(cursor.document, 0) + Int.random(in: 0...reach, using: &random)
          try cursor.advance(to: target)
          if place < 0 || place < list.count && list[place].document < target {
            place = list.firstIndex { $0.document >= target } ?? list.count
          }
        }
        guard place < list.count else {
          #expect(cursor.document == PostingsCursor.end)
          break
        }
        #expect(cursor.document == list[place].document)
        if Bool.random(using: &random) {
          let before = list[..<place].reduce(0) { $0 + $1.positions.count }
          #expect(try cursor.frequency() == list[place].positions.count)
          #expect(try cursor.occurrencesBefore() == before)
          var found: [Int] = []
          try positions.read(first: before, frequency: list[place].positions.count, into: &found)
          #expect(found == list[place].positions)
        }
      }
    }
  }

  @Test("a block's impact bounds every one of its documents") func impacts() throws {
    var random = SeededGenerator(seed: 5)
    let list = SegmentForge.list(600, of: 700, &random)
    let (segment, infos) = try SegmentForge.segment(documents: 700, [list])
    let cursor = try PostingsCursor(segment, infos[0], hasCounts: true)
    #expect(cursor.blockCount == 4)
    for block in 0..<4 {
      let impact = try cursor.list.impact(block)
      let entries = list[block * 128..<block * 128 + 128]
      #expect(try cursor.list.lastDocument(block) == entries.last?.document)
      for entry in entries {
        let length = try segment.lengths.value(entry.document)
        let least = [impact.once, impact.twice, impact.often][min(entry.positions.count, 3) - 1]
        #expect(Int(least) <= length || least == 255)
        #expect(Int(impact.greatest) >= min(entry.positions.count, 255))
      }
    }
  }
}
