internal import Bytes
internal import Commits
internal import SearchIndex

/// The string tables of segments that are merged, as one: equal strings have one number, numbers follow byte order.
///
/// Memory: 4 bytes a string of each table, 9 a distinct one.
struct MergedStrings: Sendable {
  private let tables: [StringTableReader]
  /// Per part and string its number.
  private(set) var numbers: [[UInt32]]
  /// Per number one of the strings.
  private var sources: [(part: UInt16, string: UInt32)] = []
  private var isUsed: [Bool] = []
  private let keyBytes: Int

  private struct Head: Comparable {
    var key: [UInt8]
    var part: Int
    static func < (a: Head, b: Head) -> Bool { a.key.span.compare(b.key.span) < 0 }
  }

  /// Joins the tables `member` of `parts`, from the string `starts` of each on. Strings are told apart by their first
  /// `keyBytes` bytes.
  ///
  /// - Throws: `SegmentError` where a table is damaged. - Complexity: O(strings × log parts).
  init(
    _ parts: [LiveSegment], _ member: SegmentFormat.Member, from starts: [Int]? = nil, keyBytes: Int = .max
  ) throws {
    let tables = parts.map { $0.segment.stringTable(member) }
    self.tables = tables
    self.keyBytes = keyBytes
    numbers = tables.map { [UInt32](repeating: 0, count: $0.count) }
    func key(_ part: Int, _ string: Int) throws -> [UInt8]? {
      let table = tables[part]
      if string >= table.count { return nil }
      let bytes = try table.string(string)
      return bytes.extracting(0..<min(bytes.count, keyBytes)).array
    }
    var places = starts ?? tables.map { _ in 0 }
    var heap = MergeHeap<Head>()
    for part in parts.indices {
      if let first = try key(part, places[part]) { heap.insert(Head(key: first, part: part)) }
    }
    var last: [UInt8]?
    while !heap.isEmpty {
      let head = heap.first
      if head.key != last {
        sources.append((UInt16(head.part), UInt32(places[head.part])))
        last = head.key
      }
      numbers[head.part][places[head.part]] = UInt32(sources.count - 1)
      places[head.part] += 1
      guard let next = try key(head.part, places[head.part]) else {
        heap.removeFirst()
        continue
      }
      guard head.key.span.compare(next.span) < 0 else {
        throw parts[head.part].segment.corrupt(member, 0, "string \(places[head.part]) is out of order")
      }
      heap.replaceFirst(Head(key: next, part: head.part))
    }
    isUsed = [Bool](repeating: false, count: sources.count)
  }

  /// How many distinct strings there are, used or not.
  var count: Int { sources.count }

  /// Says that a document has the string of a number.
  mutating func use(_ number: Int) { isUsed[number] = true }

  /// Appends what the string of a number is known by. - Throws: `SegmentError`.
  func appendKey(_ number: Int, to out: inout ByteBuffer) throws {
    let strings = tables[Int(sources[number].part)]
    let bytes = try strings.string(Int(sources[number].string))
    out.append(bytes.extracting(0..<min(bytes.count, keyBytes)))
  }

  /// Per number the ordinal that documents with the string have: its place among those used, from 1.
  var ordinals: [UInt32] {
    var ordinals = [UInt32](repeating: 0, count: count)
    var ordinal: UInt32 = 0
    for number in sources.indices where isUsed[number] {
      ordinal += 1
      ordinals[number] = ordinal
    }
    return ordinals
  }

  /// Writes those used, in order. - Throws: `SegmentError`.
  func write(to table: inout StringTableWriter) throws {
    for number in sources.indices where isUsed[number] {
      let strings = tables[Int(sources[number].part)]
      table.add(try strings.string(Int(sources[number].string)))
    }
  }
}

extension Segment {
  /// The string table that is a member.
  func stringTable(_ member: SegmentFormat.Member) -> StringTableReader {
    switch member {
    case .userTable: userTable
    case .languageTable: languageTable
    default: placeTable
    }
  }

  /// Which string of a table a document's ordinal means; nil for none. - Throws: `.corrupt` where there is no such string.
  func string(
    _ ordinal: Int64, of table: Int, _ member: SegmentFormat.Member, _ document: Int
  ) throws(SegmentError) -> Int? {
    if ordinal == 0 { return nil }
    guard ordinal > 0, ordinal <= Int64(table) else {
      throw corrupt(member, document, "ordinal \(ordinal) of \(table) strings")
    }
    return Int(ordinal) - 1
  }
}
