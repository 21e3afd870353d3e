internal import Bytes
internal import SearchIndex

/// Where a page of hits ended, as text: of which commits, for which question, and behind which hit. It keeps nothing alive:
/// a commit that was collected meanwhile cannot be gone on with.
public struct SearchCursor: Equatable, Sendable {
  /// The commit of each folder, in the order in which they were named.
  public var generations: [Int]
  /// The commits' fingerprints, as one number.
  public var commits: UInt64
  /// All that decides which hits come in which order, as one number.
  public var question: UInt64
  /// The number of hits on the pages so far.
  public var shown: Int
  /// What the last hit was ordered by.
  public var key: Double
  /// Its id.
  public var id: UInt64

  /// Behind `hit`, the `shown`th of all.
  public init(_ searcher: Searcher, question: UInt64, behind hit: Hit, shown: Int) {
    generations = searcher.readers.map(\.generation)
    commits = searcher.fingerprint
    self.question = question
    self.shown = shown
    key = hit.key
    id = hit.id
  }

  /// Reads what `text` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "q1", let commits = Self.hex(parts[2]),
      let question = Self.hex(parts[3]), let shown = Int(parts[4]), shown > 0,
      let bits = Self.hex(parts[5]), let id = UInt64(parts[6])
    else { return nil }
    let generations = parts[1].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard generations.allSatisfy({ $0 >= 0 }), !Double(bitPattern: bits).isNaN else { return nil }
    self.generations = generations
    self.commits = commits
    self.question = question
    self.shown = shown
    key = Double(bitPattern: bits)
    self.id = id
  }

  private static func hex(_ text: Substring) -> UInt64? {
    text.utf8.first == UInt8(ascii: "+") || text.utf8.first == UInt8(ascii: "-")
      ? nil : UInt64(text, radix: 16)
  }

  /// As `--cursor` takes it.
  public var text: String {
    let commits = String(self.commits, radix: 16)
    let numbers = generations.map(String.init).joined(separator: "-")
    return "q1.\(numbers).\(commits).\(String(question, radix: 16)).\(shown)."
      + "\(String(key.bitPattern, radix: 16)).\(id)"
  }

  /// The number of a question: equal texts have equal numbers.
  public static func question(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return Checksum.xxh64(bytes.span)
  }

  /// The place in the order, as a hit that no segment has.
  var position: Hit { Hit(id: id, key: key, score: key, folder: -1, segment: -1, document: -1) }
}

extension Searcher {
  /// What the manifests of the commits searched say, as one number.
  public var fingerprint: UInt64 {
    var bytes = ByteBuffer()
    for reader in readers { bytes.append(littleEndian: reader.fingerprint) }
    return Checksum.xxh3(bytes.span)
  }
}
