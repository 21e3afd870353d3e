import CommitTestSupport
import Commits
import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import SearchIndex

/// Damage of every kind to a small segment: an error in the contract's words, or the answers as they were. Never a trap,
/// never a hang. With sums made to fit, the parsers are tested, not the sums; then answers may change.
@Suite(.timeLimit(.minutes(5))) struct CorruptionTests {
  /// An eighth of all places, unless `TWEETMILL_SWEEP=full` asks for every one (80 s in a debug build).
  static let shards =
    ProcessInfo.processInfo.environment["TWEETMILL_SWEEP"] == "full" ? [0, 1, 2, 3, 4, 5, 6, 7] : [3]

  @Test("every flipped bit is found, or changes no answer", arguments: shards) func flips(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.rich)
    let whole = SmallWorld.examine(index.path)
    guard case .answers = whole else {
      Issue.record("the whole index does not answer: \(whole)")
      return
    }
    var random = SeededGenerator(seed: UInt64(shard))
    var refused = 0
    for place in index.surgery.bytes.indices where place % 8 == shard {
      let isContent = index.surgery.members.contains { $0.range.contains(place) }
      // Padding between members is zeros that nobody reads: a sample will do.
      if !isContent && index.surgery.bytes[place] == 0 && place % 56 != shard { continue }
      var damaged = index.surgery.bytes
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try index.put(damaged, fitted: false)
      let found = SmallWorld.examine(index.path)
      if case .refused = found {
        refused += 1
      } else {
        #expect(found == whole && !isContent, "byte \(place)")
      }
    }
    #expect(refused > 500)
  }

  @Test("every truncation is found", arguments: shards) func truncations(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.rich)
    for length in index.surgery.bytes.indices where length % 8 == shard {
      try index.put(Array(index.surgery.bytes[..<length]), fitted: false)
      guard case .refused = SmallWorld.examine(index.path) else {
        Issue.record("cut at \(length)")
        continue
      }
    }
  }

  @Test("changed bytes whose sums fit never trap", arguments: shards) func fitted(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.rich)
    var random = SeededGenerator(seed: UInt64(shard) + 100)
    for member in index.surgery.members where member.name != "checksums" {
      for place in member.range where place % 8 == shard {
        let old = index.surgery.bytes[place]
        for value in [old ^ 1 << UInt8.random(in: 0..<8, using: &random), 0xFF] where value != old {
          var damaged = index.surgery.bytes
          damaged[place] = value
          try index.put(damaged, fitted: true)
          let found = SmallWorld.examine(index.path)
          if case .strange(let what) = found {
            Issue.record("\(member.name) + \(place - member.range.lowerBound): \(what)")
          }
        }
      }
    }
  }

  @Test("all bits of the tables at the head of members, sums fitted, never trap", arguments: shards)
  func heads(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.rich)
    for (number, member) in index.surgery.members.enumerated() where number % 8 == shard {
      for place in member.range.prefix(member.name == "header" ? 80 : 12) {
        for bit in UInt8(0)..<8 {
          var damaged = index.surgery.bytes
          damaged[place] ^= 1 << bit
          try index.put(damaged, fitted: member.name != "checksums")
          let found = SmallWorld.examine(index.path)
          if case .strange(let what) = found {
            Issue.record("\(member.name) + \(place - member.range.lowerBound): \(what)")
          }
        }
      }
    }
  }

  @Test(
    "full blocks of postings and positions with changed bytes and fitting sums never trap", arguments: shards)
  func blocks(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.many)
    var random = SeededGenerator(seed: UInt64(shard) + 200)
    for name in ["postings", "positions", "terms", "terms.offsets", "lengths", "records.offsets", "records"] {
      guard let member = index.surgery.member(name) else { continue }
      for _ in 0..<12 {
        var damaged = index.surgery.bytes
        // One to three bytes: damage that only shows together.
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          let place = Int.random(in: member.range, using: &random)
          damaged[place] =
            [0, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random)
            ?? 0
        }
        try index.put(damaged, fitted: true)
        if case .strange(let what) = SmallWorld.examine(index.path) { Issue.record("\(name): \(what)") }
      }
    }
  }

  @Test(
    "a writer that meets or merges a damaged segment throws in the contract's words or goes on",
    arguments: [0, 1])
  func writers(shard: Int) throws {
    let index = try DamagedIndex(SmallWorld.rich, then: ["{\"type\":\"delete\",\"id\":\"500\"}"])
    var random = SeededGenerator(seed: UInt64(shard) + 300)
    let again = SmallWorld.rich.map { $0.replacing("\"likes\":9", with: "\"likes\":99") }
    for member in index.surgery.members where member.name != "checksums" && !member.range.isEmpty {
      for _ in 0..<(member.name == "records" ? 40 : 2) {
        var damaged = index.surgery.bytes
        let place = Int.random(in: member.range, using: &random)
        damaged[place] = [0, 0x7F, 0x80, 0xFF, damaged[place] ^ 1].randomElement(using: &random) ?? 0
        try index.put(damaged, fitted: true)
        do {
          try IndexLab.build(index.path, again)
          try IndexLab.build(index.path, [], merge: true)
        } catch let error as SegmentError {
          #expect(error.message.hasPrefix("corrupt: ") || error.message.hasPrefix("too-"))
        } catch { Issue.record("\(member.name) + \(place - member.range.lowerBound): \(error)") }
      }
    }
  }

  @Test("a skip entry that points beyond the documents reaches no bitmap") func skipEntry() throws {
    let index = try DamagedIndex(SmallWorld.many, then: SmallWorld.deletes)
    let member = try #require(index.surgery.member("postings"))
    // Every four bytes in turn as the last document of the block before: differences then wrap around 2^32.
    let last = min(member.range.lowerBound + 48, member.range.upperBound - 4)
    for place in stride(from: member.range.lowerBound, to: last, by: 4) {
      for value: UInt32 in [0xFFFF_FFFF, 0xFFFF_FF9B, 0x8000_0000, 300] {
        var damaged = index.surgery.bytes
        for byte in 0..<4 { damaged[place + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
        try index.put(damaged, fitted: true)
        if case .strange(let what) = SmallWorld.examine(index.path) { Issue.record("\(place): \(what)") }
      }
    }
  }

  @Test("a full check reads the strings of every table", arguments: ["users", "languages", "places"])
  func strings(table: String) throws {
    let index = try DamagedIndex(SmallWorld.rich)
    let member = try #require(index.surgery.member("tables/" + table))
    let count = Int(index.surgery.bytes[member.range.lowerBound])
    try #require(count > 0)
    for string in 0...count {
      var damaged = index.surgery.bytes
      // Where a string ends: behind the table, or before it begins.
      damaged[member.range.lowerBound + 4 + 4 * string + 1] = 0xFF
      try index.put(damaged, fitted: true)
      #expect(
        try IndexLab.problems(index.path).first?.contains("tables/" + table) == true, "string \(string)")
    }
  }

  @Test("a block of records that claims to unpack to a gigabyte is refused before it gets memory") func bomb()
    throws
  {
    let index = try DamagedIndex(SmallWorld.rich)
    let member = try #require(index.surgery.member("records"))
    var damaged = index.surgery.bytes
    // A zstd frame with an eight-byte content size (RFC 8878, 3.1.1.1.1): magic, descriptor, size.
    let claim: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0x40, 0, 0, 0, 0]
    for (offset, byte) in claim.enumerated() { damaged[member.range.lowerBound + offset] = byte }
    try index.put(damaged, fitted: true)
    guard case .refused(let message) = SmallWorld.examine(index.path) else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("a block without a plausible size"))
  }

  @Test("a member of another valid segment in the place of its own is found") func swaps() throws {
    let index = try DamagedIndex(SmallWorld.rich)
    let twin = try DamagedIndex(
      SmallWorld.rich.map { $0.replacing("storks", with: "gulls!").replacing("birdwatch", with: "birdwitch") }
    )
    for member in index.surgery.members {
      let other = try #require(twin.surgery.member(member.name))
      guard other.range.count == member.range.count else { continue }
      let bytes = twin.surgery.bytes[other.range]
      if Array(bytes) == Array(index.surgery.bytes[member.range]) { continue }
      var damaged = index.surgery.bytes
      damaged.replaceSubrange(member.range, with: bytes)
      try index.put(damaged, fitted: false)
      guard case .refused = SmallWorld.examine(index.path) else {
        Issue.record("\(member.name) was swapped unseen")
        continue
      }
      try index.put(damaged, fitted: true)
      if case .strange(let what) = SmallWorld.examine(index.path) { Issue.record("\(member.name): \(what)") }
    }
    // A whole other segment under the name.
    try index.put(twin.surgery.bytes, fitted: false)
    guard case .refused = SmallWorld.examine(index.path) else {
      Issue.record("another segment was taken")
      return
    }
  }

  @Test("the newest version plus one is too new, version 0 is too old") func versions() throws {
    for (version, name) in [(SegmentFormat.version + 1, "too-new: "), (0, "too-old: "), (.max, "too-new: ")] {
      let index = try DamagedIndex(SmallWorld.rich)
      let header = try #require(index.surgery.member("header"))
      var damaged = index.surgery.bytes
      for byte in 0..<4 {
        damaged[header.range.lowerBound + 8 + byte] = UInt8(truncatingIfNeeded: version >> UInt32(8 * byte))
      }
      try index.put(damaged, fitted: true)
      guard case .refused(let message) = SmallWorld.examine(index.path) else {
        Issue.record("version \(version) was read")
        continue
      }
      #expect(message.hasPrefix(name))
    }
  }

  @Test("a folder with a damaged pointer is refused or answers as before") func pointer() throws {
    let index = try DamagedIndex(SmallWorld.rich)
    let whole = SmallWorld.examine(index.path)
    let path = index.path + "/CURRENT"
    let bytes = try IndexLab.bytes(path)
    for place in bytes.indices {
      for bit in UInt8(0)..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << bit
        try IndexLab.write(damaged, to: path)
        let found = SmallWorld.examine(index.path)
        if case .refused = found { continue }
        if case .strange(let what) = found, what.contains("manifest-") { continue }
        #expect(found == whole, "byte \(place), bit \(bit)")
      }
      try IndexLab.write(Array(bytes[..<place]), to: path)
      guard case .refused = SmallWorld.examine(index.path) else {
        Issue.record("cut at \(place)")
        continue
      }
    }
  }
}
