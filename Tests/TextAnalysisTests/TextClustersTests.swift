import TestSupport
import Testing

@testable import TextAnalysis

/// Clusters beside a twin that compares each text with all that are remembered.
@Suite struct TextClustersTests {
  private struct Twin {
    struct Text {
      var print: UInt64
      var cluster: UInt64
    }
    let generation: Int
    var old: [Text] = []
    var young: [Text] = []

    mutating func cluster(of print: UInt64, id: UInt64) -> UInt64 {
      var best: Text?
      for text in old + young {
        let distance = (text.print ^ print).nonzeroBitCount
        if distance <= 3 && distance < best.map({ ($0.print ^ print).nonzeroBitCount }) ?? 4 { best = text }
      }
      let cluster = best?.cluster ?? id
      if young.contains(where: { $0.print == print }) { return cluster }
      if young.count == generation { (old, young) = (young, []) }
      young.append(Text(print: print, cluster: cluster))
      return cluster
    }
  }

  @Test("they are those of a comparison with all", arguments: [1, 7, 100, 1000]) func same(generation: Int) {
    var random = SeededGenerator(seed: UInt64(generation))
    let prints = FingerprintIndexTests.prints(700, bases: 40, seed: UInt64(generation))
    var clusters = TextClusters(generation: generation)
    var twin = Twin(generation: generation)
    for id in 1...UInt64(2000) {
      // Earlier ones come back more often than late ones come at all.
      let print = prints[Int.random(in: 0..<Int(id) / 3 + 1, using: &random)]
      #expect(clusters.cluster(of: print, id: id) == twin.cluster(of: print, id: id))
    }
    #expect((clusters.forgotten == 0) == (generation == 1000))
  }

  @Test("the first gives its id, a near one joins it, and one near to that joins too") func chain() {
    var clusters = TextClusters(generation: 10)
    #expect(clusters.cluster(of: 0xFF00, id: 5) == 5)
    #expect(clusters.cluster(of: 0xFF07, id: 3) == 5)
    #expect(clusters.cluster(of: 0xFF3F, id: 4) == 5)
    #expect(clusters.cluster(of: 0xFFFF_0000, id: 6) == 6)
    #expect(clusters.cluster(of: 0xFF00, id: 7) == 5)
  }

  @Test("what comes back stays, what does not is forgotten and counted once") func forgetting() {
    var clusters = TextClusters(generation: 4)
    for round in 0..<20 {
      #expect(clusters.cluster(of: 0xABCD, id: UInt64(round) + 1) == 1)
      for step in 0..<3 {
        let number = UInt64(3 * round + step + 1)
        _ = clusters.cluster(of: number &* 0x9E37_79B9_7F4A_7C15, id: 100 + number)
      }
    }
    // Of 61 distinct texts the last four to eight are known.
    #expect((53...57).contains(clusters.forgotten))
    #expect(clusters.cluster(of: 0x9E37_79B9_7F4A_7C15, id: 999) == 999)
  }
}
