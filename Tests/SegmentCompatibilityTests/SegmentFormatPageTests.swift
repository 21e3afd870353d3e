import CommitTestSupport
import Bytes
import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import SearchIndex

/// The example of SegmentFormat.md, decoded from the page.
@Suite struct SegmentFormatPageTests {
  static let page = ToolRunner.root + "/Sources/SearchIndex/SearchIndex.docc/SegmentFormat.md"

  /// The lines of the fenced blocks, by what stands behind the fence.
  static func blocks() throws -> [String: [String]] {
    var blocks: [String: [String]] = [:]
    var open: String?
    for line in try String(contentsOfFile: page, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        open = open == nil ? String(line.dropFirst(3)) : nil
      } else if let open {
        blocks[open, default: []].append(line)
      }
    }
    return blocks
  }

  static func hex(_ lines: [String]?) -> [UInt8] {
    (lines ?? []).flatMap { $0.split(separator: " ").compactMap { UInt8($0, radix: 16) } }
  }

  @Test("a build of the page's records has the page's bytes") func bytes() throws {
    let blocks = try Self.blocks()
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), try #require(blocks["json"]))
    let surgery = SegmentSurgery(try IndexLab.bytes(try IndexLab.segmentFiles(folder.file("i"))[0]))
    for name in ["header", "terms", "postings", "positions", "lengths"] {
      let member = try #require(surgery.member(name))
      #expect(Self.hex(blocks["hex \(name)"]) == Array(surgery.bytes[member.range]), "\(name)")
    }
    #expect(surgery.members.map(\.name) == SegmentFormat.Member.allCases.map(\.rawValue))
    #expect(surgery.members.allSatisfy { $0.range.lowerBound % 512 == 0 })
  }

  @Test("the page's bytes say what the page says, read by its grammar alone") func grammar() throws {
    let blocks = try Self.blocks()
    let header = Self.hex(blocks["hex header"])
    func word(_ place: Int, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 | UInt64(header[place + $1]) << UInt64(8 * $1) }
    }
    #expect(
      String(decoding: header[..<8], as: UTF8.self) == "TMSEGMNT" && word(8, 4) == 3
        && word(12, 4) == UInt64(header.count))
    #expect([16, 24, 32, 40, 48].map { word($0, 8) } == [3, 3, 5, 1000, 1002])
    #expect(word(header.count - 8, 8) == SegmentSurgery.sum(header, 0..<header.count - 8))
    // The dictionary: every number of the example fits one byte.
    var rest = Self.hex(blocks["hex terms"])[...]
    var postings = Self.hex(blocks["hex postings"])[...]
    var positions = Self.hex(blocks["hex positions"])[...]
    #expect(rest.popFirst() == 0 && rest.popFirst() == 0)
    var term: [UInt8] = []
    var found: [String] = []
    while let shared = rest.popFirst() {
      let more = Int(rest.removeFirst())
      term = Array(term.prefix(Int(shared)) + rest.prefix(more))
      rest.removeFirst(more)
      let documents = rest.removeFirst()
      let listBytes = Int(rest.removeFirst())
      let occurrences = documents + rest.removeFirst()
      let positionBytes = Int(rest.removeFirst())
      var list = postings.prefix(listBytes)
      postings.removeFirst(listBytes)
      var numbers = positions.prefix(positionBytes)
      positions.removeFirst(positionBytes)
      var document = -1
      var line = String(decoding: term, as: UTF8.self)
      for _ in 0..<documents {
        let number = Int(list.removeFirst())
        document += number / 2 + 1
        let count = number % 2 == 1 ? 1 : Int(list.removeFirst()) + 2
        var position = 0
        line += " \(document):"
        for _ in 0..<count {
          position += Int(numbers.removeFirst())
          line += "\(position),"
        }
      }
      #expect(list.isEmpty && numbers.isEmpty && Int(occurrences) == positionBytes)
      found.append(line)
    }
    #expect(found == ["ta 0:0,", "tcrane 0:1, 2:0,1,", "tstork 1:0,"])
    #expect(postings.isEmpty && positions.isEmpty)
  }

  @Test("the page tells of every member, every field and the version") func complete() throws {
    let text = try String(contentsOfFile: Self.page, encoding: .utf8)
    for member in SegmentFormat.Member.allCases {
      let short = member.rawValue.replacing("columns/", with: "…/")
      #expect(text.contains("`\(member.rawValue)`") || text.contains("`\(short)`"), "\(member.rawValue)")
    }
    #expect(text.contains("\nFormat \(SegmentFormat.version)."))
  }
}
