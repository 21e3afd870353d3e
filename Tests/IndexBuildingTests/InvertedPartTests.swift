import Bytes
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct InvertedPartTests {
  // A batch of documents with random ids and words, and what it holds.
  static func batch(
    _ ids: [UInt64], _ terms: SegmentTerms, _ random: inout SeededGenerator
  ) -> (batch: IndexBatch, texts: [[String]]) {
    var draft = BatchDraft()
    var texts: [[String]] = []
    for id in ids {
      let words = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        "w\(Int.random(in: 0..<9, using: &random))"
      }
      for (position, word) in words.enumerated() {
        let bytes = Array(word.utf8)
        draft.add(.text, bytes.span, position: UInt16(position))
      }
      var facts = DocumentFacts()
      facts.id = id
      draft.endDocument(facts)
      texts.append(words)
    }
    return (draft.finish(WorkerTables(), terms), texts)
  }

  static func bytes(_ member: StagedMember) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try member.read { piece in bytes += piece.array }
    return bytes
  }

  @Test(
    "lists hold what a scan of the documents finds, also when ids of batches overlap and some gave way",
    arguments: 0..<60) func inversion(seed: UInt64) throws
  {
    var random = SeededGenerator(seed: seed)
    let terms = SegmentTerms()
    var batches: [IndexBatch] = []
    var texts: [[[String]]] = []
    for number in 0..<UInt64.random(in: 1..<5, using: &random) {
      let ids = (0..<Int.random(in: 0..<30, using: &random)).map { index -> UInt64 in
        // In order, against it, or at random with repetitions.
        switch seed % 3 {
        case 0: number * 100 + UInt64(index) + 1
        case 1: 1000 - number * 100 - UInt64(index)
        default: UInt64.random(in: 1..<40, using: &random)
        }
      }
      let made = Self.batch(ids, terms, &random)
      batches.append(made.batch)
      texts.append(made.texts)
    }
    // A builder leaves empty batches out.
    var builder = SegmentBuilder(terms)
    for batch in batches { builder.add(batch) }
    texts.removeAll(where: \.isEmpty)
    let order = DocumentOrder(builder.batches)
    // The twin: documents in order, their words in order.
    var expected: [String: [(document: Int, positions: [Int])]] = [:]
    for (document, source) in order.sources.enumerated() {
      let words = texts[Int(source.batch)][Int(source.index)]
      for word in Set(words) {
        let positions = words.indices.filter { words[$0] == word }
        expected[word, default: []].append((document, positions))
      }
    }
    let lengths = order.sources.map { _ in UInt32(5) }
    let folder = TemporaryDirectory()
    let lists = try SegmentLists(
      builder, order, lengths: lengths, in: folder.path, threads: seed % 2 == 0 ? 1 : 2)
    var postings = PostingsWriter()
    var positions = PositionsWriter()
    for (_, entries) in expected.sorted(by: { $0.key < $1.key }) {
      let documents = entries.map { UInt32($0.document) }
      let counts = entries.map { UInt32($0.positions.count) }
      _ = postings.add(documents: documents.span, counts: counts.span, lengths: lengths.span)
      let numbers = entries.flatMap { entry in
        zip(entry.positions, [0] + entry.positions).map { UInt32($0 - $1) }
      }
      _ = positions.add(numbers.span)
    }
    #expect(lists.terms == expected.count)
    #expect(try Self.bytes(lists.postings) == postings.bytes.span.array)
    #expect(try Self.bytes(lists.positions) == positions.bytes.span.array)
  }
}
