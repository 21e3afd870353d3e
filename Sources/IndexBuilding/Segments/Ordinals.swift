internal import Bytes

/// Distinct strings of a segment in byte order, and for every document which of them it has: 0 for none, n + 1 for the
/// string n.
struct Ordinals {
  /// In byte order.
  private(set) var strings: [[UInt8]] = []
  /// Per document.
  private(set) var ordinals: [Int64] = []

  /// The strings (without their field byte) that `values` number, one a document.
  static func strings(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ values: [Int32],
    _ copy: (WorkerTables, Int) -> [UInt8]
  ) -> Ordinals {
    make(builder, order, values) { table, number in
      let bytes = Array(copy(builder.tables[table], number).dropFirst())
      return (bytes, bytes, 0)
    }
  }

  /// Authors: eight bytes of id and the handle that the newest tweet shows.
  static func users(_ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts]) -> Ordinals {
    make(builder, order, facts.map(\.user)) { table, number in
      let content = builder.tables[table]
      let key = Array(content.content.users.copy(number).dropFirst())
      let author = content.content.authors[number]
      return (key, Array(key.prefix(8)) + author.handle, author.newest)
    }
  }

  // `entry` gives what identifies a string, the string itself, and which of several strings for one identity wins.
  private static func make(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ values: [Int32],
    _ entry: (Int, Int) -> (key: [UInt8], string: [UInt8], rank: UInt64)
  ) -> Ordinals {
    var known: [[UInt8]: Int] = [:]
    var found: [(string: [UInt8], rank: UInt64)] = []
    // Per table and number, the place in `found`.
    var numbers = builder.tables.map { _ in [Int]() }
    var places: [Int] = []
    places.reserveCapacity(values.count)
    for (document, value) in values.enumerated() {
      let number = Int(value)
      guard number >= 0 else {
        places.append(-1)
        continue
      }
      let table = builder.tableOfBatch[Int(order.sources[document].batch)]
      while numbers[table].count <= number { numbers[table].append(-1) }
      if numbers[table][number] >= 0 {
        places.append(numbers[table][number])
        continue
      }
      let (key, string, rank) = entry(table, number)
      let place = known[key] ?? found.count
      if place == found.count {
        known[key] = place
        found.append((string, rank))
      } else if rank > found[place].rank {
        found[place] = (string, rank)
      }
      numbers[table][number] = place
      places.append(place)
    }
    let sorted = found.indices.sorted { found[$0].string.lexicographicallyPrecedes(found[$1].string) }
    var ordinals = [Int64](repeating: 0, count: found.count)
    for (ordinal, place) in sorted.enumerated() { ordinals[place] = Int64(ordinal + 1) }
    return Ordinals(
      strings: sorted.map { found[$0].string }, ordinals: places.map { $0 < 0 ? 0 : ordinals[$0] })
  }
}
