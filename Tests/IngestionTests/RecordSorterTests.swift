import Bytes
import TestSupport
import Testing

@testable import Ingestion

/// The external sort, with so little memory that it needs many runs.
@Suite struct RecordSorterTests {
  @Test("records come out by id, those of one id in their order of arrival")
  func order() throws {
    let folder = TemporaryDirectory()
    let sorter = RecordSorter(folder: folder.path, limit: 2_000)
    var random = SeededGenerator(seed: 5)
    var expected: [(id: UInt64, text: String)] = []
    for number in 0..<20_000 {
      let id = UInt64.random(in: 1...500, using: &random)
      var record = ByteBuffer()
      record.append(string: "\(id) \(number)")
      try sorter.add(id, ClusterMark(print: UInt64(number), tail: 2), record, 0..<record.count)
      expected.append((id, "\(id) \(number)"))
    }
    var found: [String] = []
    try sorter.finish { _, mark, record in
      found.append(record.span.text)
      #expect(record.span.text.hasSuffix(" \(mark.print)") && mark.tail == 2)
    }
    let sorted = expected.enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
    #expect(found == sorted.map(\.element.text))
  }
}
