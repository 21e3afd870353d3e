internal import Bytes

/// The terms of a segment in byte order, out of the workers' tables.
struct TermRanks {
  /// Per table and number, the term's rank; `unused` for terms of no document.
  private(set) var ranks: [[UInt32]]
  /// Per rank, a table and a number in it.
  private(set) var sources: [(table: Int32, number: UInt32)] = []
  /// The ranks of text terms.
  private(set) var textRanks = 0..<0

  static let unused = UInt32.max

  /// Merges the sorted terms of `tables`. `used` says per table and number whether any document has the term.
  /// - Complexity: O(n log n).
  init(_ tables: [WorkerTables], used: [[Bool]], threads: Int) {
    let sorted = OrderedWork.map(tables.count, threads: threads) { Self.sorted(tables[$0], used[$0]) }
    ranks = tables.map { [UInt32](repeating: Self.unused, count: $0.content.terms.count) }
    var next = [Int](repeating: 0, count: tables.count)
    var firstText = -1
    var endText = -1
    while true {
      var least = -1
      for table in tables.indices where next[table] < sorted[table].numbers.count {
        if least < 0 || Self.compare(tables, sorted, next, table, least) < 0 { least = table }
      }
      if least < 0 { break }
      let number = sorted[least].numbers[next[least]]
      let rank = UInt32(sources.count)
      for table in tables.indices where table != least && next[table] < sorted[table].numbers.count {
        if Self.compare(tables, sorted, next, table, least) == 0 {
          ranks[table][Int(sorted[table].numbers[next[table]])] = rank
          next[table] += 1
        }
      }
      ranks[least][Int(number)] = rank
      next[least] += 1
      if tables[least].content.terms.field(Int(number)) == TermField.text.rawValue {
        if firstText < 0 { firstText = Int(rank) }
        endText = Int(rank) + 1
      }
      sources.append((Int32(least), number))
    }
    textRanks = firstText < 0 ? 0..<0 : firstText..<endText
  }

  private static func sorted(_ table: WorkerTables, _ used: [Bool]) -> SortedTerms {
    table.content.terms.sorted(used)
  }

  private static func compare(
    _ tables: [WorkerTables], _ sorted: [SortedTerms], _ next: [Int], _ a: Int, _ b: Int
  ) -> Int {
    let (mine, theirs) = (sorted[a].prefixes[next[a]], sorted[b].prefixes[next[b]])
    if mine != theirs { return mine < theirs ? -1 : 1 }
    return compare(
      tables[a].content.terms, Int(sorted[a].numbers[next[a]]), tables[b].content.terms,
      Int(sorted[b].numbers[next[b]]))
  }

  private static func compare(_ a: borrowing TermTable, _ i: Int, _ b: borrowing TermTable, _ j: Int) -> Int {
    a.bytes(i).compare(b.bytes(j))
  }
}
