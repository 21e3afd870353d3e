/// Who stands with whom: for every owner a list of others, as differences in one to five bytes each.
///
/// A sorted list holds the first member and then how many numbers lie between neighbours; an unsorted one zigzagged
/// differences. Before each stands its length. Memory: 1.5 to 3 bytes a pair, and 4 an owner.
struct Adjacency: Sendable {
  /// The lists of neighbouring owners.
  struct Part: Sendable {
    var owners: Range<Int>
    /// Where each owner's list ends in `bytes`.
    var ends: [UInt32]
    var bytes: [UInt8]
    /// Pairs that were there already, and left out.
    var duplicates = 0
    /// Pairs.
    var count = 0
  }

  let parts: [Part]
  let isSorted: Bool

  /// Pairs.
  var count: Int { parts.reduce(0) { $0 + $1.count } }
  /// Pairs that were given more than once.
  var duplicates: Int { parts.reduce(0) { $0 + $1.duplicates } }
  /// Bytes of all lists and their ends.
  var bytes: Int { parts.reduce(0) { $0 + $1.bytes.count + 4 * $1.ends.count } }

  /// The list of a sorted adjacency. - Complexity: O(log parts).
  func list(_ owner: UInt32) -> Neighbours {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].owners.upperBound <= Int(owner) { low = middle + 1 } else { high = middle }
    }
    precondition(isSorted && low < parts.count, "no such owner")
    let place = Int(owner) - parts[low].owners.lowerBound
    return Neighbours(parts[low].bytes, from: place == 0 ? 0 : Int(parts[low].ends[place - 1]))
  }
}

/// The members of one sorted list, ascending.
struct Neighbours: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var index: Int
  private var last: UInt32 = 0
  private var isFirst = true
  /// How many are to come.
  private(set) var left: Int

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    var place = start
    left = Int(Varint.read(bytes.span, &place))
    index = place
  }

  @inline(__always)
  mutating func next() -> UInt32? {
    if left == 0 { return nil }
    left -= 1
    var place = index
    let gap = UInt32(truncatingIfNeeded: Varint.read(bytes.span, &place))
    index = place
    last = isFirst ? gap : last + gap + 1
    isFirst = false
    return last
  }
}

/// An adjacency seen from the other end of its pairs.
struct Transposed: PairSource {
  let lists: Adjacency

  @inline(__always)
  func scan(_ owners: Range<UInt32>, _ body: (UInt32, UInt32) -> Void) {
    for part in lists.parts {
      let bytes = part.bytes.span
      var index = 0
      for place in part.ends.indices {
        let other = UInt32(part.owners.lowerBound + place)
        let end = Int(part.ends[place])
        var left = Varint.read(bytes, &index)
        var owner: UInt32 = 0
        var isFirst = true
        while left > 0 {
          left -= 1
          let code = Varint.read(bytes, &index)
          if lists.isSorted {
            owner = isFirst ? UInt32(truncatingIfNeeded: code) : owner + UInt32(truncatingIfNeeded: code) + 1
            isFirst = false
            // What follows is larger.
            if owner >= owners.upperBound { break }
          } else {
            owner = Varint.unzigzag(owner, code)
          }
          if owners.contains(owner) { body(owner, other) }
        }
        index = end
      }
    }
  }
}
