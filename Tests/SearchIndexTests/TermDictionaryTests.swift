import CommitTestSupport
import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TermDictionaryTests {
  /// Sorted random terms with random entries.
  static func terms(_ count: Int, _ random: inout SeededGenerator) -> [(key: [UInt8], info: TermInfo)] {
    var keys = Set<[UInt8]>()
    let fields = TermField.allCases.map(\.rawValue)
    while keys.count < count {
      // Few letters, so that prefixes are shared and keys of one to many bytes meet; zeros test the padding.
      let length = Int.random(in: 0..<14, using: &random)
      keys.insert(
        [fields.randomElement(using: &random) ?? 0x74]
          + (0..<length).map { _ in [0, 0x61, 0x62, 0xFF].randomElement(using: &random) ?? 0 })
    }
    var postings = 0
    var positions = 0
    return keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      let isText = key[0] == TermField.text.rawValue
      let documents = Int.random(in: 1..<1000, using: &random)
      let info = TermInfo(
        documents: documents, occurrences: documents + (isText ? Int.random(in: 0..<500, using: &random) : 0),
        postings: postings..<postings + Int.random(in: 1..<300, using: &random),
        positions: isText
          ? positions..<positions + Int.random(in: 1..<300, using: &random) : positions..<positions)
      postings = info.postings.upperBound
      positions = info.positions.upperBound
      return (key, info)
    }
  }

  static func reader(_ terms: [(key: [UInt8], info: TermInfo)]) throws -> TermDictionaryReader {
    var writer = TermDictionaryWriter()
    for term in terms { writer.add(term.key.span, term.info) }
    writer.finish()
    return try TermDictionaryReader(
      prefixes: checkedMember(writer.prefixes.span.array), offsets: checkedMember(writer.offsets.span.array),
      blocks: checkedMember(writer.blocks.span.array))
  }

  @Test(
    "every term is found with its entry, and a walk gives all in order",
    arguments: [0, 1, 31, 32, 33, 64, 700])
  func lookup(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let terms = Self.terms(count, &random)
    let reader = try Self.reader(terms)
    for term in terms {
      let found = try #require(try reader.find(term.key.span))
      #expect(found.documents == term.info.documents && found.occurrences == term.info.occurrences)
      #expect(found.postings == term.info.postings)
      #expect(term.key[0] != TermField.text.rawValue || found.positions == term.info.positions)
    }
    var cursor = TermCursor(reader, block: 0)
    var walked: [[UInt8]] = []
    while try cursor.next() { walked.append(cursor.term.span.array) }
    #expect(walked == terms.map(\.key))
  }

  @Test("a seek stands before the first term that is not below, as in an array", arguments: 0..<5)
  func seek(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let terms = Self.terms(200, &random)
    let reader = try Self.reader(terms)
    for _ in 0..<300 {
      var key = terms[Int.random(in: 0..<terms.count, using: &random)].key
      switch Int.random(in: 0..<4, using: &random) {
      case 0: key.append([0, 0x61, 0xFF].randomElement(using: &random) ?? 0)
      case 1: key.removeLast()
      case 2: key[key.count - 1] &+= 1
      default: break
      }
      let expected = terms.first { !$0.key.lexicographicallyPrecedes(key) }?.key
      var cursor = try TermCursor.seek(reader, to: key.span)
      let found = try cursor.next() ? cursor.term.span.array : nil
      #expect(found == expected)
      let hit = try reader.find(key.span)
      #expect((hit != nil) == (expected == key))
    }
  }
}
