internal import Bytes
internal import SearchIndex

/// The terms of a segment in byte order.
struct TermRanks: Sendable {
  /// Per number of a term, its rank; `unused` for terms of no document.
  private(set) var ranks: [UInt32]
  /// Per rank, the term's number.
  private(set) var numbers: [UInt32] = []
  /// The ranks of text terms.
  private(set) var textRanks = 0..<0

  static let unused = UInt32.max

  /// Sorts the terms of `terms`. `used` says which of them any document has; nil for all.
  /// - Complexity: O(n) for terms that differ in their first eight bytes, O(r log r) for runs of r that do not.
  init(_ terms: SegmentTerms, used: [Bool]?, threads: Int) {
    let count = terms.table.count
    let order = TermOrder(terms, used: used)
    let slices = OrderedWork.map(order.slices.count, threads: threads) { order.sorted($0) }
    numbers.reserveCapacity(count)
    for slice in slices { numbers += slice }
    ranks = [UInt32](repeating: Self.unused, count: count)
    for (rank, number) in numbers.enumerated() { ranks[Int(number)] = UInt32(rank) }
    let text = TermField.text.rawValue
    textRanks = first(terms) { $0 >= text }..<first(terms) { $0 > text }
  }

  // The first rank whose field fulfils what all fields behind it do.
  private func first(_ terms: SegmentTerms, where holds: (UInt8) -> Bool) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if holds(terms.table.field(Int(numbers[middle]))) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Terms on their way to byte order: in buckets by their first two bytes, which are sorted side by side.
private struct TermOrder: Sendable {
  private let terms: SegmentTerms
  /// The first eight bytes of each term (big-endian, zero-padded), and its number; by bucket.
  private var prefixes: [UInt64]
  private var numbers: [UInt32]
  /// Runs of buckets that make about equal work.
  private(set) var slices: [Range<Int>] = []
  private static let sliceSize = 1 << 17

  init(_ terms: SegmentTerms, used: [Bool]?) {
    self.terms = terms
    let count = terms.table.count
    var places = [Int](repeating: 0, count: 1 << 16 + 1)
    var all = [UInt64](repeating: 0, count: count)
    for number in 0..<count where used?[number] ?? true {
      all[number] = terms.table.prefix(number)
      places[Int(all[number] >> 48) + 1] += 1
    }
    for bucket in 1..<places.count { places[bucket] += places[bucket - 1] }
    var start = 0
    for end in places where end - start >= Self.sliceSize {
      slices.append(start..<end)
      start = end
    }
    if start < places[places.count - 1] { slices.append(start..<places[places.count - 1]) }
    prefixes = [UInt64](repeating: 0, count: places[places.count - 1])
    numbers = [UInt32](repeating: 0, count: places[places.count - 1])
    for number in 0..<count where used?[number] ?? true {
      let bucket = Int(all[number] >> 48)
      prefixes[places[bucket]] = all[number]
      numbers[places[bucket]] = UInt32(number)
      places[bucket] += 1
    }
  }

  /// The numbers of a slice in byte order.
  func sorted(_ slice: Int) -> [UInt32] {
    var prefixes = Array(self.prefixes[slices[slice]])
    var numbers = Array(self.numbers[slices[slice]])
    Self.sortByPrefix(&prefixes, &numbers)
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count, prefixes[end] == prefixes[start] { end += 1 }
      if end - start > 1 { terms.table.sort(&numbers, start..<end) }
      start = end
    }
    return numbers
  }

  // Stable: a least-significant-digit radix sort, a byte at a time.
  private static func sortByPrefix(_ prefixes: inout [UInt64], _ numbers: inout [UInt32]) {
    var otherPrefixes = [UInt64](repeating: 0, count: prefixes.count)
    var otherNumbers = [UInt32](repeating: 0, count: numbers.count)
    for digit in 0..<8 {
      let shift = UInt64(digit * 8)
      var places = [Int](repeating: 0, count: 257)
      for prefix in prefixes { places[Int(prefix >> shift & 255) + 1] += 1 }
      if places.contains(prefixes.count) { continue }
      for value in 1...256 { places[value] += places[value - 1] }
      for index in prefixes.indices {
        let value = Int(prefixes[index] >> shift & 255)
        otherPrefixes[places[value]] = prefixes[index]
        otherNumbers[places[value]] = numbers[index]
        places[value] += 1
      }
      swap(&prefixes, &otherPrefixes)
      swap(&numbers, &otherNumbers)
    }
  }
}
