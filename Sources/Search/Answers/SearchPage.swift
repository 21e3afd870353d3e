public import QueryGrammar
internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex

/// Of which hits only the first is shown.
public enum Collapse: String, CaseIterable, Sendable {
  /// Those whose texts are nearly the same (`ingest --clusters`).
  case cluster
  /// Those of one account.
  case user
}

/// One page of hits.
public struct SearchPage: Sendable {
  /// In order.
  public var hits: [Hit]
  /// The place of the first in the whole list, from 1.
  public var firstRank: Int
  /// Whether more come behind the last.
  public var hasMore: Bool
}

extension Searcher {
  /// The `limit` hits behind `cursor`. Pages one behind the other are the whole list, each hit once.
  ///
  /// - Complexity: a search; collapsed, one that begins at the first page again.
  public func page(
    _ query: QueryNode, _ ranking: Ranking, limit: Int, cursor: SearchCursor? = nil, collapse: Collapse? = nil
  ) throws -> SearchPage {
    let first = (cursor?.shown ?? 0) + 1
    let wanted = limit == .max ? limit : limit + 1
    var hits: [Hit]
    if let collapse {
      let all = try collapsed(query, ranking, limit: limit == .max ? limit : first + limit, collapse)
      let order = HitOrder(isOldestFirst: ranking.sort == .oldest)
      hits = all.filter { hit in cursor.map { order.precedes($0.position, hit) } ?? true }
    } else {
      hits = try search(query, ranking, limit: limit == 0 ? 0 : wanted, after: cursor?.position)
    }
    let hasMore = hits.count > limit
    if hasMore { hits.removeLast(hits.count - limit) }
    return SearchPage(hits: hits, firstRank: first, hasMore: hasMore && limit > 0)
  }

  // The best of each group. How many hits that takes is not known before: twice as many are looked at until it is enough.
  private func collapsed(_ query: QueryNode, _ ranking: Ranking, limit: Int, _ collapse: Collapse) throws
    -> [Hit]
  {
    var keys = GroupKeys(self, collapse)
    var looked = limit == .max ? limit : 2 * limit + 16
    while true {
      let hits = try search(query, ranking, limit: looked)
      var seen: Set<[UInt8]> = []
      var kept: [Hit] = []
      for hit in hits {
        if let key = try keys.key(hit), !seen.insert(key).inserted { continue }
        kept.append(hit)
        if kept.count == limit { return kept }
      }
      if hits.count < looked { return kept }
      looked = looked > Int.max / 4 ? .max : 4 * looked
    }
  }
}

/// What groups hits; read once a hit.
private struct GroupKeys: ~Copyable {
  private let searcher: Searcher
  private let collapse: Collapse
  private var tweet = Tweet()
  private var known: [UInt64: [UInt8]?] = [:]

  init(_ searcher: Searcher, _ collapse: Collapse) {
    self.searcher = searcher
    self.collapse = collapse
  }

  // Nil: a group of its own.
  mutating func key(_ hit: Hit) throws -> [UInt8]? {
    if let known = known[hit.id] { return known }
    let key = try read(hit)
    known[hit.id] = .some(key)
    return key
  }

  private mutating func read(_ hit: Hit) throws -> [UInt8]? {
    if collapse == .user { return try searcher.account(of: hit) }
    try searcher.read(hit, into: &tweet)
    return tweet.cluster.hasText ? tweet.bytes(tweet.cluster).array : nil
  }
}

extension Searcher {
  // Eight bytes of id; of an account without one the handle too, in small letters. Nil: nobody is known.
  func account(of hit: Hit) throws(SegmentError) -> [UInt8]? {
    let segment = readers[hit.folder].segments[hit.segment].segment
    let number = Int(try segment.column(.users).value(hit.document))
    if number <= 0 { return nil }
    let table = segment.userTable
    let bytes = try table.string(number - 1).array
    let id = Array(bytes.prefix(8))
    if id.contains(where: { $0 != 0 }) { return id }
    return id + Array(String(decoding: bytes.dropFirst(8), as: UTF8.self).lowercased().utf8)
  }
}
