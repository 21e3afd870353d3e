/// What an entity of a tweet's text is.
public enum EntityKind: UInt8, Sendable {
  /// A link, with or without `http://`.
  case url
  /// `#tag`.
  case hashtag
  /// `@user`.
  case mention
  /// `@user/list`.
  case list
  /// `$TICK`.
  case cashtag
}

/// Kinds of entities to look for.
public struct EntityKinds: OptionSet, Sendable {
  /// One bit a kind.
  public let rawValue: UInt8

  /// The kinds of these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Links.
  public static let urls = EntityKinds(rawValue: 1)
  /// Hashtags.
  public static let hashtags = EntityKinds(rawValue: 2)
  /// Mentions and lists.
  public static let mentions = EntityKinds(rawValue: 4)
  /// Cashtags.
  public static let cashtags = EntityKinds(rawValue: 8)
  /// All of them.
  public static let all: EntityKinds = [.urls, .hashtags, .mentions, .cashtags]
}

/// One entity of a text, by byte offsets.
public struct Entity: Equatable, Sendable {
  /// What it is.
  public var kind: EntityKind
  /// The first byte: the sign of a tag, the first of a link.
  public var start: Int32
  /// One past the last byte.
  public var end: Int32
  /// Where the name begins (behind `#`, `@`, `$`); of a link, where the host begins.
  public var nameStart: Int32
  /// Where the name ends: of a list, before `/slug`; of a link, the host's end; else `end`.
  public var nameEnd: Int32

  /// All its bytes.
  public var range: Range<Int> { Int(start)..<Int(end) }
  /// The bytes of its name or host.
  public var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
  /// Of a list `/slug`, else nothing.
  public var slug: Range<Int> { kind == .list ? Int(nameEnd)..<Int(end) : Int(end)..<Int(end) }
}

/// The entities of one text in its order: reused, so that a stream of texts allocates nothing.
public struct EntityList: ~Copyable {
  /// The entities, by start; none overlap after `EntityExtractor.extract`.
  public private(set) var entities: [Entity] = []

  /// An empty list.
  public init() {}

  /// How many there are.
  public var count: Int { entities.count }

  /// Empties it and keeps the memory.
  public mutating func removeAll() { entities.removeAll(keepingCapacity: true) }

  mutating func append(_ kind: EntityKind, _ range: Range<Int>, name: Range<Int>) {
    entities.append(
      Entity(
        kind: kind, start: Int32(range.lowerBound), end: Int32(range.upperBound),
        nameStart: Int32(name.lowerBound), nameEnd: Int32(name.upperBound)))
  }

  /// Moves the end of the last one.
  mutating func extendLast(to end: Int) { entities[entities.count - 1].end = Int32(end) }

  /// Sorts by start, a link first among equals, and drops what begins inside the one before: twitter-text's rule.
  mutating func resolveOverlaps() {
    if entities.count < 2 { return }
    var isSorted = true
    for index in 1..<entities.count where entities[index].start <= entities[index - 1].start {
      isSorted = false
    }
    if !isSorted {
      entities.sort { $0.start != $1.start ? $0.start < $1.start : $0.kind.rawValue < $1.kind.rawValue }
    }
    var kept = 1
    for index in 1..<entities.count where entities[index].start >= entities[kept - 1].end {
      entities[kept] = entities[index]
      kept += 1
    }
    entities.removeLast(entities.count - kept)
  }
}
