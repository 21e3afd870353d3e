import Activity
import Commits
import Foundation
import Follows
import TestSupport
import Testing
import TimelineBuilding
import TimelineTestSupport
import Timelines

@Suite("Timeline")
struct TimelineTests {
  /// Writes entries as several runs, and compares every timeline at every time with the naive model.
  private func compare(
    _ seed: UInt64, runs: Int, cap: Int, pushBelow: Int, activeFor: Int64? = nil, shuffled: Bool = false,
    folds: Bool = false
  ) throws {
    var random = SeededGenerator(seed: seed)
    var entries = RandomTimeline.entries(90, &random)
    let model = NaiveTimeline(entries, cap: cap)
    if shuffled { entries.shuffle(using: &random) }
    let directory = TemporaryDirectory()
    do {
      let folder = directory.path
      var settings = FanoutSettings()
      settings.cap = cap
      settings.pushBelow = pushBelow
      settings.activeFor = activeFor
      for run in 0..<runs {
        let writer = try TimelineWriter(folder, settings)
        writer.folds = folds && run == runs - 1
        let part = entries[entries.count * run / runs..<entries.count * (run + 1) / runs]
        try writer.add(StoredTimeline.batch(Array(part)))
        try writer.commit()
      }
      let store = try TimelineStore(folder)
      #expect(try TimelineCheck.problems(folder, threads: 1) == [])
      for user in UInt64(1)...7 {
        for time in [Int64(-1), 0, 7, 15, 20, 31, 40, 41] {
          #expect(
            try StoredTimeline.ids(store, user, at: time) == model.timeline(user, at: time),
            "seed \(seed), user \(user) at \(time)")
        }
        #expect(
          try StoredTimeline.ids(store, user, at: nil) == model.timeline(user, at: .max),
          "seed \(seed), user \(user) at the end")
      }
    }
  }

  @Test("equals the definition, whatever is pushed and pulled")
  func definition() throws {
    for seed in UInt64(0)..<40 {
      try compare(seed, runs: 1, cap: 800, pushBelow: [0, 1, 3, 100][Int(seed % 4)])
    }
  }

  @Test("equals it when few tweets are kept and some of them are lost again")
  func caps() throws {
    for seed in UInt64(100)..<140 {
      try compare(seed, runs: 1 + Int(seed % 3), cap: 1 + Int(seed % 5), pushBelow: 3)
    }
  }

  @Test("equals it after several runs, in any order of arrival")
  func runs() throws {
    for seed in UInt64(200)..<240 {
      try compare(seed, runs: 2 + Int(seed % 5), cap: 5, pushBelow: Int(seed % 4) * 2, shuffled: true)
    }
  }

  @Test("equals it where the silent are not pushed to")
  func silent() throws {
    for seed in UInt64(300)..<320 { try compare(seed, runs: 2, cap: 6, pushBelow: 4, activeFor: 9) }
  }

  @Test("runs in any order, made one, leave the bytes of a single run", arguments: 0..<12)
  func bytes(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(500 + seed))
    var entries = RandomTimeline.entries(90, &random)
    var settings = FanoutSettings()
    settings.pushBelow = [0, 3, 100][seed % 3]
    settings.cap = 5
    var files: [[UInt8]] = []
    for runs in [1, 2, 4] {
      let directory = TemporaryDirectory()
      for run in 0..<runs {
        let writer = try TimelineWriter(directory.path, settings)
        writer.folds = run == runs - 1
        let part = entries[entries.count * run / runs..<entries.count * (run + 1) / runs]
        try writer.add(StoredTimeline.batch(Array(part)))
        try writer.commit()
      }
      let store = try TimelineStore(directory.path)
      #expect(store.segments.count == 1)
      files.append(try Array(Data(contentsOf: URL(fileURLWithPath: store.segments[0].archive.file))))
      entries.shuffle(using: &random)
    }
    #expect(files[1] == files[0])
    #expect(files[2] == files[0])
  }

  @Test("equals it after all segments were made one")
  func folded() throws {
    for seed in UInt64(400)..<420 {
      try compare(seed, runs: 3, cap: 6, pushBelow: 3, shuffled: true, folds: true)
    }
  }
}
