internal import Bytes
internal import Records
internal import SearchIndex

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

  /// Authors: eight bytes of id and the handle that the newest tweet shows. Reads records where tweets were left out: the
  /// workers' tables know their handles, too.
  static func users(_ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts]) -> Ordinals {
    var tweet = Tweet()
    return make(builder, order, facts.map(\.user)) { table, number in
      let content = builder.tables[table]
      let key = Array(content.content.users.copy(number).dropFirst())
      let author = content.content.authors[number]
      return (key, Array(key.prefix(idBytes)) + author.handle, author.newest)
    } correct: { places, strings in
      if order.isComplete { return }
      var isShown = strings.map { $0.count == idBytes }
      for place in strings.indices { strings[place] = Array(strings[place].prefix(idBytes)) }
      for (document, place) in places.enumerated() where place >= 0 && !isShown[place] {
        let source = order.sources[document]
        // What was packed a moment ago unpacks.
        try? builder.batches[Int(source.batch)].content.read(Int(source.index), facts[document], into: &tweet)
        guard let user = tweet.user, user.username.hasText else { continue }
        strings[place] += tweet.bytes(user.username).array
        isShown[place] = true
      }
    }
  }

  private static let idBytes = 8

  // `entry` gives what identifies a string, the string itself, and which of several strings for one identity wins; `correct`
  // may replace them, given per document the place of its own.
  private static func make(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ values: [Int32],
    _ entry: (Int, Int) -> (key: [UInt8], string: [UInt8], rank: UInt64),
    correct: (_ places: [Int], _ strings: inout [[UInt8]]) -> Void = { _, _ in }
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
    var all = found.map(\.string)
    correct(places, &all)
    let strings = all
    let sorted = strings.indices.sorted { strings[$0].lexicographicallyPrecedes(strings[$1]) }
    var ordinals = [Int64](repeating: 0, count: strings.count)
    for (ordinal, place) in sorted.enumerated() { ordinals[place] = Int64(ordinal + 1) }
    return Ordinals(
      strings: sorted.map { strings[$0] }, ordinals: places.map { $0 < 0 ? 0 : ordinals[$0] })
  }
}
