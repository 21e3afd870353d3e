import TestSupport
import Testing

@testable import Trends

@Suite struct WindowCountsTests {
  @Test("accounts and uses in a sliding window are those of a scan, at every level", arguments: 0..<6)
  func scan(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var counts = WindowCounts(hidden: nil)
    counts.threshold = 3
    var steps: [StepUses] = []
    let level = UInt8(seed % 3)
    for number in Int64(0)..<60 {
      var step = StepUses(number)
      for tweet in 0..<Int.random(in: 0..<12, using: &random) {
        step.begin(
          StepUses.Tweet(
            id: UInt64(number) * 100 + UInt64(tweet), voter: UInt64.random(in: 1..<20, using: &random),
            text: 0))
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
          let entry = counts.entry(
            UInt32.random(in: 1..<9, using: &random), UInt32.random(in: 0..<2, using: &random))
          step.add(entry, form: TrendBatch.Form.asItIs)
        }
      }
      steps.append(step)
      counts.enter(step, level: level)
      if number >= 5 { counts.leave(steps[Int(number) - 5], level: level) }
      let window = steps.suffix(5)
      var users: [UInt32: Set<UInt64>] = [:]
      var uses: [UInt32: Int] = [:]
      for step in window {
        for use in step.uses {
          let voter = step.tweets[Int(use.tweet)].voter
          if !StepUses.holds(voter, level: level) { continue }
          users[use.entry, default: []].insert(voter)
          uses[use.entry, default: 0] += 1
        }
      }
      let entries = counts.entries
      for (number, entry) in entries.enumerated() where !entry.isFree {
        #expect(Int(entry.users) == users[UInt32(number)]?.count ?? 0)
        #expect(Int(entry.count) == uses[UInt32(number)] ?? 0)
      }
      let active = counts.active
      #expect(active == users.count)
      counts.prune(keeping: 0)
      let candidates = Set(counts.candidates.map(\.entry))
      #expect(candidates == Set(users.filter { $0.value.count >= 3 }.keys))
      let held = Set(window.flatMap(\.entries))
      Self.giveUp(&counts, but: held)
      let count = counts.count
      #expect(count == held.count)
    }
  }

  static func giveUp(_ counts: inout WindowCounts, but held: Set<UInt32>, sparing spared: Int = 0) {
    var isHeld = [Bool](repeating: false, count: counts.entries.count)
    for number in held { isHeld[Int(number)] = true }
    var gone: [UInt32] = []
    counts.findUnheld(isHeld, onlyOther: false, sparing: spared, into: &gone)
    counts.giveUp(gone)
  }

  @Test("entries are found by term and place after others were given up and terms renumbered") func found() {
    var counts = WindowCounts(hidden: nil)
    var numbers: [UInt32: UInt32] = [:]
    for term in UInt32(0)..<3000 {
      numbers[term] = counts.entry(term, term % 5)
    }
    Self.giveUp(&counts, but: Set(numbers.filter { $0.key % 3 == 0 }.values))
    let left = counts.count
    #expect(left == 1000)
    counts.renumber(terms: { $0 / 3 }, places: { $0 })
    for term in UInt32(0)..<1000 {
      let entry = counts.find(term, term * 3 % 5)
      #expect(entry?.term == term && entry?.place == term * 3 % 5)
    }
    let none = counts.find(1, 4)
    #expect(none == nil)
  }
}
