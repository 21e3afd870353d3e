import TestSupport
import Testing

@testable import TextAnalysis

/// The index beside a comparison with all.
@Suite struct FingerprintIndexTests {
  /// Fingerprints near a few bases, so that many are near to several others; all different.
  static func prints(_ count: Int, bases: Int, seed: UInt64) -> [UInt64] {
    var random = SeededGenerator(seed: seed)
    let roots = (0..<bases).map { _ in UInt64.random(in: 1 ... .max, using: &random) }
    var known = Set<UInt64>()
    while known.count < count {
      var print = roots[Int.random(in: 0..<bases, using: &random)]
      for _ in 0..<Int.random(in: 0..<9, using: &random) {
        print ^= 1 << UInt64.random(in: 0..<64, using: &random)
      }
      if print != 0 { known.insert(print) }
    }
    return known.sorted().shuffled(using: &random)
  }

  static func naive(_ print: UInt64, _ prints: ArraySlice<UInt64>) -> FingerprintIndex.Match? {
    var best: FingerprintIndex.Match?
    for (place, other) in prints.enumerated() {
      let distance = (other ^ print).nonzeroBitCount
      if distance <= NearDuplicates.distance && distance < best?.distance ?? .max {
        best = .init(place: place, distance: distance)
      }
    }
    return best
  }

  @Test("it finds the nearest, of equally near ones the first", arguments: [1, 3, 40, 2000]) func nearest(
    bases: Int
  ) {
    let prints = Self.prints(2000, bases: bases, seed: UInt64(bases))
    var index = FingerprintIndex(capacity: prints.count)
    for (place, print) in prints.enumerated() {
      #expect(index.nearest(print) == Self.naive(print, prints[..<place]))
      index.insert(print)
    }
    for print in prints.prefix(200) { #expect(index.nearest(print)?.distance == 0) }
  }

  @Test("emptied, it finds nothing of before") func emptied() {
    let prints = Self.prints(600, bases: 2, seed: 9)
    var index = FingerprintIndex(capacity: 300)
    for print in prints[..<300] { index.insert(print) }
    index.removeAll()
    for print in prints { #expect(index.nearest(print) == nil) }
    for (place, print) in prints[300...].enumerated() {
      #expect(index.nearest(print) == Self.naive(print, prints[300..<300 + place]))
      index.insert(print)
    }
    #expect(index.count == 300)
  }

  @Test("three bits are near wherever they lie, four are not") func bits() {
    let print: UInt64 = 0x0123_4567_89AB_CDEF
    var index = FingerprintIndex(capacity: 1)
    index.insert(print)
    for first in 0..<64 {
      for second in 0..<first {
        let two = print ^ 1 << UInt64(first) ^ 1 << UInt64(second)
        #expect(index.nearest(two) == .init(place: 0, distance: 2))
        if second < 2 { continue }
        #expect(index.nearest(two ^ 1)?.distance == 3)
        #expect(index.nearest(two ^ 3) == nil)
      }
    }
  }

  @Test("an index of no fingerprints is empty") func none() {
    let index = FingerprintIndex(capacity: 0)
    #expect(index.nearest(1) == nil)
  }
}
