internal import Bytes

/// Distinct strings of a segment in byte order, and for every document which of them it has: 0 for none, n + 1 for the
/// string n.
struct Ordinals {
  /// In byte order.
  private(set) var strings: [[UInt8]] = []
  /// Per document.
  private(set) var ordinals: [Int64] = []

  /// The strings (without their field byte) that `field` numbers.
  static func strings(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts],
    _ field: KeyPath<DocumentFacts, Int32>, _ copy: (WorkerTables, Int) -> [UInt8]
  ) -> Ordinals {
    make(builder, order, facts, field) { table, number in
      let bytes = Array(copy(builder.tables[table], number).dropFirst())
      return (bytes, bytes, 0)
    }
  }

  /// Authors: eight bytes of id and the handle that the newest tweet shows.
  static func users(_ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts]) -> Ordinals {
    make(builder, order, facts, \.user) { table, number in
      let content = builder.tables[table]
      let key = Array(content.content.users.copy(number).dropFirst())
      let author = content.content.authors[number]
      return (key, Array(key.prefix(8)) + author.handle, author.newest)
    }
  }

  // `entry` gives what identifies a string, the string itself, and which of several strings for one identity wins.
  private static func make(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts],
    _ field: KeyPath<DocumentFacts, Int32>,
    _ entry: (Int, Int) -> (key: [UInt8], string: [UInt8], rank: UInt64)
  ) -> Ordinals {
    var known: [[UInt8]: Int] = [:]
    var found: [(string: [UInt8], rank: UInt64)] = []
    var numbers = builder.tables.map { _ in [Int32: Int]() }
    var places: [Int] = []
    places.reserveCapacity(facts.count)
    for (document, fact) in facts.enumerated() {
      let number = fact[keyPath: field]
      guard number >= 0 else {
        places.append(-1)
        continue
      }
      let table = builder.tableOfBatch[Int(order.sources[document].batch)]
      if let place = numbers[table][number] {
        places.append(place)
        continue
      }
      let (key, string, rank) = entry(table, Int(number))
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
