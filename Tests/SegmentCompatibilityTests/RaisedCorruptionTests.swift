import CommitTestSupport
import Commits
import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import SearchIndex

/// Damage of every kind to the counts that rose beside a segment, seen by those who ask, verify, raise again and merge.
@Suite(.timeLimit(.minutes(5))) struct RaisedCorruptionTests {
  /// An index whose counts rose, and the file that says so.
  struct Index {
    let folder = TemporaryDirectory()
    var path: String { folder.file("index") }
    let file: String
    let surgery: SegmentSurgery
    private let kept: [String: [UInt8]]

    init() throws {
      let path = folder.file("index")
      try IndexLab.build(path, SmallWorld.rich)
      try IndexLab.raise(
        path, Self.counters(["\"likes\":50,\"replies\":3", "\"retweets\":2", "\"quotes\":1", "\"likes\":7"]))
      let manifest = try #require(try CommitFolder(path, .index).newest())
      file = path + "/segments/" + (try #require(manifest.segments[0].raisedFile))
      surgery = SegmentSurgery(try IndexLab.bytes(file))
      var kept: [String: [UInt8]] = [:]
      for name in ["CURRENT", Manifest.name(manifest.generation)] {
        kept[name] = try IndexLab.bytes(path + "/" + name)
      }
      self.kept = kept
    }

    static func counters(_ values: [String]) -> [String] {
      values.enumerated().map {
        IndexLab.counters(SmallWorld.first + UInt64($0.offset) * 4_194_304, $0.element)
      }
    }

    /// Puts the commit back, with other bytes in the file.
    func put(_ bytes: [UInt8], fitted: Bool) throws {
      try IndexLab.write(fitted ? surgery.repaired(bytes) : bytes, to: file)
      for (name, bytes) in kept { try IndexLab.write(bytes, to: path + "/" + name) }
    }
  }

  @Test("every flipped bit and every truncation is found, or changes no answer") func flips() throws {
    let index = try Index()
    let whole = SmallWorld.examine(index.path)
    guard case .answers = whole else {
      Issue.record("the whole index does not answer: \(whole)")
      return
    }
    var refused = 0
    for place in index.surgery.bytes.indices {
      let isContent = index.surgery.members.contains { $0.range.contains(place) }
      guard isContent ? place % 3 == 0 : place % 31 == 0 else { continue }
      var damaged = index.surgery.bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      for bytes in [damaged, Array(index.surgery.bytes[..<place])] {
        try index.put(bytes, fitted: false)
        let found = SmallWorld.examine(index.path)
        if case .refused = found {
          refused += 1
        } else {
          #expect(found == whole && !isContent, "byte \(place)")
        }
      }
    }
    #expect(refused > 200)
  }

  @Test("changed bytes whose sums fit never trap, whoever reads, raises or merges them") func fitted() throws
  {
    let index = try Index()
    var random = SeededGenerator(seed: 9)
    for member in index.surgery.members where member.name != "checksums" {
      for place in member.range where place % 2 == 0 {
        var damaged = index.surgery.bytes
        damaged[place] = [0, 0x7F, 0x80, 0xFF, damaged[place] ^ 1].randomElement(using: &random) ?? 0
        try index.put(damaged, fitted: true)
        if case .strange(let what) = SmallWorld.examine(index.path) {
          Issue.record("\(member.name) + \(place - member.range.lowerBound): \(what)")
        }
        do {
          try IndexLab.raise(
            index.path, Index.counters(["\"likes\":60", "\"likes\":1", "\"likes\":0", "\"quotes\":9"]))
          try IndexLab.build(index.path, [SmallWorld.rich[0]])
          try IndexLab.build(index.path, [], merge: true)
        } catch let error as SegmentError {
          #expect(error.message.hasPrefix("corrupt: ") || error.message.hasPrefix("too-"))
        } catch { Issue.record("\(member.name) + \(place - member.range.lowerBound): \(error)") }
      }
    }
  }

  @Test("a file that is gone, or that of another segment, is told by name") func others() throws {
    let index = try Index()
    let other = TemporaryDirectory()
    try IndexLab.build(other.file("i"), SmallWorld.rich.map { $0.replacing("storks", with: "cranes") })
    try IndexLab.raise(
      other.file("i"), Index.counters(["\"likes\":50", "\"likes\":2", "\"likes\":999", "\"likes\":7"]))
    let manifest = try #require(try CommitFolder(other.file("i"), .index).newest())
    let foreign = other.file("i") + "/segments/" + (try #require(manifest.segments[0].raisedFile))
    try index.put(try IndexLab.bytes(foreign), fitted: false)
    guard case .refused(let message) = SmallWorld.examine(index.path) else {
      Issue.record("counts of another segment are read")
      return
    }
    #expect(message.hasSuffix("counts of another segment"))
    try FileManager.default.removeItem(atPath: index.file)
    guard case .refused(let gone) = SmallWorld.examine(index.path) else {
      Issue.record("an index without its counts answers")
      return
    }
    #expect(gone.contains(index.file))
  }
}
