import CommitWriting
import Bytes
import TestSupport

@testable import IndexBuilding
@testable import SearchIndex

/// Segments of made-up posting lists: all that a cursor needs, and nothing that makes sense.
enum SegmentForge {
  /// One document of a list and the term's places in it.
  struct Entry: Equatable {
    var document: Int
    var positions: [Int]
  }

  /// A segment of `documents` that holds `lists`, as text terms (or, without positions, as terms of another field).
  static func segment(documents: Int, _ lists: [[Entry]], isText: Bool = true) throws -> (Segment, [TermInfo])
  {
    let lengths = (0..<documents).map { UInt32($0 % 40 + 1) }
    var postings = PostingsWriter()
    var positions = PositionsWriter()
    var dictionary = TermDictionaryWriter()
    var infos: [TermInfo] = []
    for (number, list) in lists.enumerated() {
      let start = (postings.bytes.count, positions.bytes.count)
      let numbers = list.map { UInt32($0.document) }
      let counts = list.map { UInt32($0.positions.count) }
      let size = postings.add(
        documents: numbers.span, counts: isText ? counts.span : nil, lengths: lengths.span)
      var differences: [UInt32] = []
      for entry in list {
        for (place, position) in entry.positions.enumerated() {
          differences.append(UInt32(place == 0 ? position : position - entry.positions[place - 1]))
        }
      }
      let positionSize = isText ? positions.add(differences.span) : 0
      let info = TermInfo(
        documents: list.count, occurrences: isText ? differences.count : list.count,
        postings: start.0..<start.0 + size, positions: start.1..<start.1 + positionSize)
      infos.append(info)
      let key =
        [isText ? TermField.text.rawValue : TermField.hashtag.rawValue] + Array("\(1_000_000 + number)".utf8)
      dictionary.add(key.span, info)
    }
    dictionary.finish()
    let folder = TemporaryDirectory()
    var archive = try SegmentArchiveWriter(folder.file("segment.tar"))
    var header = SegmentHeader()
    header.documents = documents
    header.terms = lists.count
    for member in SegmentFormat.Member.allCases where member != .checksums {
      var bytes = ByteBuffer()
      switch member {
      case .header: bytes = header.encoded()
      case .termPrefixes: bytes.append(contentsOf: dictionary.prefixes)
      case .termOffsets: bytes.append(contentsOf: dictionary.offsets)
      case .terms: bytes.append(contentsOf: dictionary.blocks)
      case .postings: bytes.append(contentsOf: postings.bytes)
      case .positions: bytes.append(contentsOf: positions.bytes)
      case .lengths:
        var writer = TextLengthsWriter()
        for length in lengths { writer.add(length) }
        writer.finish()
        bytes.append(contentsOf: writer.bytes)
      case .userTable, .languageTable, .placeTable: StringTable.write([], to: &bytes)
      case .recordOffsets: PackedColumn.write([0], to: &bytes)
      case .records: break
      case .tombstones: TombstoneBuilder().encode(to: &bytes)
      default: PackedColumn.write((0..<documents).map { Int64(documents - $0) }, to: &bytes)
      }
      try archive.add(member, bytes.span)
    }
    _ = try archive.commit()
    return (try Segment(folder.file("segment.tar")), infos)
  }

  /// A random list over `documents`.
  static func list(_ count: Int, of documents: Int, _ random: inout SeededGenerator) -> [Entry] {
    var chosen = Set<Int>()
    while chosen.count < count { chosen.insert(Int.random(in: 0..<documents, using: &random)) }
    return chosen.sorted().map { document in
      let frequency = Int.random(in: 0..<5, using: &random) == 0 ? Int.random(in: 1..<300, using: &random) : 1
      var position = 0
      return Entry(
        document: document,
        positions: (0..<frequency).map { _ in
          position += Int.random(in: 1..<4, using: &random)
          return position
        })
    }
  }
}
