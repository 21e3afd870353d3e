internal import Bytes
internal import Commits
internal import SearchIndex

/// Facets whose values are numbers of a column: languages, places, countries, kinds of media.
extension Matches {
  func languages(_ limit: Int) throws -> [FacetCount] {
    try strings(.languages, \.languageTable, limit) { (String(decoding: $0, as: UTF8.self), nil, $0) }
  }

  // A place is its id, or its name and country where it has none; a country is its code in capitals.
  func places(_ field: FacetField, _ limit: Int) throws -> [FacetCount] {
    try strings(.places, \.placeTable, limit) { bytes in
      let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let country = String(decoding: parts[1], as: UTF8.self).uppercased()
      if field == .country { return country.isEmpty ? nil : (country, nil, Array(country.utf8)) }
      if parts[0].isEmpty && parts[2].isEmpty { return nil }
      let name = String(decoding: parts[2].isEmpty ? parts[0] : parts[2], as: UTF8.self)
      if parts[0].isEmpty { return (name, nil, [0] + Array(parts[2]) + [0] + Array(country.utf8)) }
      return (name, String(decoding: parts[0], as: UTF8.self), Array(parts[0]))
    }
  }

  // Counts per segment by the column's numbers, then over all by key. `describe` gives value, id and key of a string.
  private func strings(
    _ column: SegmentFormat.Member, _ table: KeyPath<Segment, StringTableReader>, _ limit: Int,
    _ describe: ([UInt8]) -> (String, String?, [UInt8])?
  ) throws -> [FacetCount] {
    var found: [[UInt8]: FacetCount] = [:]
    for (place, set) in zip(searcher.segments, sets) where set.count > 0 {
      let segment = place.reader.segment
      let strings = segment[keyPath: table]
      let counts = try Self.ordinals(segment.column(column), set, strings.count)
      for (number, count) in counts.enumerated().dropFirst() where count > 0 {
        guard let (value, id, key) = describe(try strings.string(number - 1).array) else { continue }
        found[key, default: FacetCount(value: value, id: id, count: 0)].count += Int(count)
      }
    }
    var top = TopCounts<FacetCount>(limit: limit)
    for (key, count) in found { top.offer(count.count, key, count) }
    return top.sorted().map(\.value)
  }

  /// How many documents of a set have each number of a column. - Throws: `.corrupt` for a number beyond the table.
  static func ordinals(_ column: PackedColumnReader, _ set: MatchSet, _ strings: Int) throws(SegmentError)
    -> [UInt32]
  {
    var counts = [UInt32](repeating: 0, count: strings + 1)
    var isBeyond = false
    try set.forEach(column) { (value) throws(SegmentError) in
      if value >= 0 && value <= Int64(strings) { counts[Int(value)] += 1 } else { isBeyond = true }
    }
    if isBeyond { throw column.corruptValue("a number beyond the \(strings) strings of its table") }
    return counts
  }

  private static let media: [(flag: TweetFlag, name: String)] = [
    (.images, "photo"), (.videos, "video"), (.animated, "animated_gif"),
  ]

  func media(_ limit: Int) throws -> [FacetCount] {
    var counts = [Int](repeating: 0, count: Self.media.count + 1)
    let known = Self.media.reduce(Int64(0)) { $0 | $1.flag.bit }
    for (place, set) in zip(searcher.segments, sets) where set.count > 0 {
      try set.forEach(place.reader.segment.column(.flags)) { (flags) throws(SegmentError) in
        if flags & TweetFlag.media.bit == 0 { return }
        for (number, kind) in Self.media.enumerated() where flags & kind.flag.bit != 0 { counts[number] += 1 }
        // A type that came after this program.
        if flags & known == 0 { counts[Self.media.count] += 1 }
      }
    }
    var top = TopCounts<String>(limit: limit)
    for (number, name) in (Self.media.map(\.name) + ["other"]).enumerated() where counts[number] > 0 {
      top.offer(counts[number], Array(name.utf8), name)
    }
    return top.sorted().map { FacetCount(value: $0.value, count: $0.count) }
  }
}
