internal import Bytes

/// Pairs that can be walked through again and again.
protocol PairSource: Sendable {
  /// Calls `body` with owner and other of every pair whose owner is in `owners`, always in one order.
  func scan(_ owners: Range<UInt32>, _ body: (UInt32, UInt32) -> Void)
}

/// Groups pairs by owner, slice by slice of the owners, so that only the slices at work lie in memory unpacked.
enum AdjacencyBuilder {
  /// Pairs of a slice, at least: 4 MB of them. Each slice walks through all pairs.
  static let slice = 1 << 20

  /// The lists of `owners` owners. When `sorted`, `pairs` must give each owner's others in ascending order; equal ones
  /// are then kept once.
  ///
  /// Memory: 4 bytes for each pair of the slices at work, a quarter of all pairs. - Complexity: O(slices × pairs).
  static func group<Pairs: PairSource>(
    _ pairs: Pairs, owners: Int, sorted: Bool, threads: Int, least: Int = slice
  ) -> Adjacency {
    var counts = [UInt32](repeating: 0, count: owners)
    if owners > 0 { pairs.scan(0..<UInt32(owners)) { owner, _ in counts[Int(owner)] += 1 } }
    let slices = slices(counts, wanted: 4 * threads, least: least)
    let known = counts
    let parts = OrderedWork.map(slices.count, threads: threads) { index in
      part(pairs, slices[index], known, sorted: sorted)
    }
    return Adjacency(parts: parts, isSorted: sorted)
  }

  /// Ranges of owners with about equally many pairs; one at least.
  static func slices(_ counts: [UInt32], wanted: Int, least: Int) -> [Range<Int>] {
    let total = counts.reduce(0) { $0 + Int($1) }
    let size = max(total / wanted, least)
    var slices: [Range<Int>] = []
    var start = 0
    var sum = 0
    for index in counts.indices {
      sum += Int(counts[index])
      if sum >= size {
        slices.append(start..<index + 1)
        start = index + 1
        sum = 0
      }
    }
    if start < counts.count { slices.append(start..<counts.count) }
    return slices
  }

  private static func part<Pairs: PairSource>(
    _ pairs: Pairs, _ owners: Range<Int>, _ counts: [UInt32], sorted: Bool
  ) -> Adjacency.Part {
    var next = LargeTable<UInt32>(zeroed: owners.count)
    var total: UInt32 = 0
    for owner in owners {
      next[owner - owners.lowerBound] = total
      total += counts[owner]
    }
    var others = LargeTable<UInt32>(zeroed: Int(total))
    pairs.scan(UInt32(owners.lowerBound)..<UInt32(owners.upperBound)) { owner, other in
      let place = Int(owner) - owners.lowerBound
      let free = next[place]
      others[Int(free)] = other
      next[place] = free + 1
    }
    return encode(others, next, owners, sorted: sorted)
  }

  // `ends` are those of the lists in `others`.
  private static func encode(
    _ others: borrowing LargeTable<UInt32>, _ ends: borrowing LargeTable<UInt32>, _ owners: Range<Int>,
    sorted: Bool
  ) -> Adjacency.Part {
    var part = Adjacency.Part(owners: owners, ends: [], bytes: [])
    part.ends.reserveCapacity(owners.count)
    var bytes = ByteBuffer(capacity: others.count * 2)
    var start = 0
    for place in 0..<owners.count {
      let end = Int(ends[place])
      var length = end - start
      if sorted, length > 1 {
        for index in start + 1..<end where others[index] == others[index - 1] { length -= 1 }
      }
      Varint.append(UInt64(length), to: &bytes)
      var last: UInt32 = 0
      var isFirst = true
      for index in start..<end {
        let other = others[index]
        if !sorted {
          Varint.append(Varint.zigzag(last, other), to: &bytes)
        } else if isFirst {
          Varint.append(UInt64(other), to: &bytes)
        } else if other != last {
          Varint.append(UInt64(other - last - 1), to: &bytes)
        }
        isFirst = false
        last = other
      }
      part.count += length
      part.duplicates += end - start - length
      guard let position = UInt32(exactly: bytes.count) else { fatalError("a slice of more than 4 GiB") }
      part.ends.append(position)
      start = end
    }
    part.bytes = bytes.span.array
    return part
  }
}
