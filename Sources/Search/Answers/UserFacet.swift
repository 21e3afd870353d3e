internal import Bytes
internal import Commits
internal import SearchIndex
internal import TextAnalysis

/// The facet of accounts: hundreds of thousands of values, whose tables are merged by id rather than hashed.
extension Matches {
  func users(_ limit: Int) throws -> [FacetCount] {
    var tables: [UserTable] = []
    for (place, set) in zip(searcher.segments, sets) where set.count > 0 {
      tables.append(try UserTable(place.reader.segment, set))
    }
    var top = TopCounts<(table: Int, number: Int)>(limit: limit)
    var nameless: [[UInt8]: (count: Int, table: Int, number: Int)] = [:]
    var analyzer = Analyzer(searcher.settings)
    while true {
      var least: UInt64?
      for index in tables.indices {
        if let id = tables[index].id, id < least ?? .max || least == nil { least = id }
      }
      guard let id = least else { break }
      var count = 0
      var shown = (table: 0, number: 0)
      var newest: UInt64 = 0
      for index in tables.indices where tables[index].id == id {
        if id == 0 {
          // Known by handle alone: told apart by it, whatever its case.
          var key = ByteBuffer()
          let handle = try tables[index].handle(tables[index].number)
          analyzer.fold(handle.span, into: &key)
          let known = nameless[key.span.array]
          nameless[key.span.array] = (
            (known?.count ?? 0) + tables[index].count, known?.table ?? index,
            known?.number ?? tables[index].number
          )
        } else {
          count += tables[index].count
          // The handle of the segment with the newest tweets.
          if tables[index].segment.header.greatestID >= newest {
            newest = tables[index].segment.header.greatestID
            shown = (index, tables[index].number)
          }
        }
        try tables[index].advance()
      }
      if top.wants(count, isLast: true) { top.offer(count, Self.key(id), shown) }
    }
    for (handle, found) in nameless where top.wants(found.count, isLast: false) {
      top.offer(found.count, Self.key(0) + handle, (found.table, found.number))
    }
    return try top.sorted().map { found in
      let handle = try tables[found.value.table].handle(found.value.number)
      let id = found.key.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let text = id == 0 ? nil : "\(id)"
      return FacetCount(
        value: handle.isEmpty ? text ?? "" : handle.span.text, id: text, count: found.count)
    }
  }

  private static func key(_ id: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: id >> UInt64(56 - 8 * $0)) }
  }
}

/// The accounts of one segment that wrote matches, by rising id.
private struct UserTable {
  let segment: Segment
  private let strings: StringTableReader
  private let counts: [UInt32]
  private(set) var number = 0
  /// The id of the account stood on, 0 for one known by handle alone; nil at the end.
  private(set) var id: UInt64?

  init(_ segment: Segment, _ set: MatchSet) throws(SegmentError) {
    self.segment = segment
    strings = segment.userTable
    counts = try Matches.ordinals(segment.column(.users), set, strings.count)
    try advance()
  }

  var count: Int { Int(counts[number]) }

  mutating func advance() throws(SegmentError) {
    number += 1
    while number < counts.count, counts[number] == 0 { number += 1 }
    guard number < counts.count else { return id = nil }
    let table = strings
    let bytes = try table.string(number - 1)
    // Eight bytes of id, big-endian; strings stand in byte order, so ids rise.
    id = bytes.count >= 8 ? bytes.word(at: 0).byteSwapped : 0
  }

  func handle(_ number: Int) throws(SegmentError) -> [UInt8] {
    let table = strings
    let bytes = try table.string(number - 1)
    return bytes.extracting(min(8, bytes.count)..<bytes.count).array
  }
}
