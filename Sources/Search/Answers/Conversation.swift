internal import Records
internal import SearchIndex
internal import Commits

/// A place in a conversation: a tweet, or a gap where one is known of and not there.
public struct ThreadNode: Equatable, Sendable {
  /// What stands there.
  public enum Content: Equatable, Sendable {
    case tweet(Hit)
    /// The index was told to delete it.
    case deleted
    /// It never came.
    case missing
  }

  /// The tweet's id.
  public var id: UInt64
  /// What it replies to; 0 for a beginning, and where it is not known.
  public var parent: UInt64
  /// Replies up to the beginning: 0 for it.
  public var depth: Int
  /// What stands there.
  public var content: Content
  /// Whether it is the last reply to its parent: what a tree is drawn by.
  public var isLast = false
}

extension Searcher {
  /// The conversation that a tweet belongs to, from its beginnings, each tweet before the replies to it and these oldest
  /// first. Empty when nothing is known of it.
  ///
  /// It holds what `conversation_id` says and what replies lead to, up and down. - Complexity: a look-up and a record a
  /// tweet of it. Memory: the conversation.
  public func thread(_ id: UInt64) throws -> [ThreadNode] {
    var builder = ThreadBuilder(self)
    try builder.collect(from: id)
    return try builder.tree()
  }
}

private struct ThreadBuilder: ~Copyable {
  private let searcher: Searcher
  private var tweet = Tweet()
  // Of each tweet and gap what it replies to; 0 for nothing.
  private var parents: [UInt64: UInt64] = [:]
  private var hits: [UInt64: Hit] = [:]
  // Of what is replied to the conversation, which a reply knows: a gap belongs to it though nobody knows its parent.
  private var conversationOf: [UInt64: UInt64] = [:]
  private var conversations: Set<UInt64> = []
  private var waiting: [UInt64] = []

  init(_ searcher: Searcher) { self.searcher = searcher }

  mutating func collect(from id: UInt64) throws {
    waiting = [id]
    while let next = waiting.popLast() { try visit(next) }
    // A gap that nothing belongs to is no conversation.
    if hits.isEmpty { parents.removeAll() }
  }

  private mutating func visit(_ id: UInt64) throws {
    if id == 0 || parents[id] != nil { return }
    parents[id] = 0
    if let hit = try searcher.find(id) {
      hits[id] = hit
      try searcher.read(hit, into: &tweet)
      if let parent = tweet.replyTo?.tweet, parent > 0, parent != id {
        parents[id] = parent
        waiting.append(parent)
        if tweet.conversation > 0 { conversationOf[parent] = tweet.conversation }
      }
      if tweet.conversation > 0, conversations.insert(tweet.conversation).inserted {
        // Its first tweet has the conversation's number as its id.
        waiting.append(tweet.conversation)
        waiting += try searcher.ids(.conversation, tweet.conversation)
      }
    }
    waiting += try searcher.ids(.replyTweet, id)
    if conversations.insert(id).inserted { waiting += try searcher.ids(.conversation, id) }
  }

  mutating func tree() throws -> [ThreadNode] {
    var replies: [UInt64: [UInt64]] = [:]
    for (id, parent) in parents {
      if let above = shownBelow(id, parent) { replies[above, default: []].append(id) }
    }
    var nodes: [ThreadNode] = []
    // Replies that run in a circle, which only made-up records do, have no beginning: they are shown from the oldest.
    var left = Set(parents.keys)
    var roots = parents.filter { shownBelow($0.key, $0.value) == nil }.map(\.key).sorted()
    while !left.isEmpty {
      if roots.isEmpty, let oldest = left.min() { roots = [oldest] }
      for (place, root) in roots.enumerated() {
        var stack = [(id: root, depth: 0, isLast: place == roots.count - 1)]
        while let (id, depth, isLast) = stack.popLast() {
          guard left.remove(id) != nil else { continue }
          nodes.append(
            ThreadNode(
              id: id, parent: parents[id] ?? 0, depth: depth, content: try content(id), isLast: isLast))
          let below = (replies[id] ?? []).sorted(by: >)
          for (number, reply) in below.enumerated() { stack.append((reply, depth + 1, number == 0)) }
        }
      }
      roots = []
    }
    return nodes
  }

  // What a node hangs from: what it replies to; a gap whose parent nobody knows, from the conversation's beginning.
  private func shownBelow(_ id: UInt64, _ parent: UInt64) -> UInt64? {
    if parent > 0 { return parent }
    guard hits[id] == nil, let beginning = conversationOf[id], beginning != id, parents[beginning] != nil
    else {
      return nil
    }
    return beginning
  }

  private func content(_ id: UInt64) throws -> ThreadNode.Content {
    if let hit = hits[id] { return .tweet(hit) }
    for place in searcher.segments where try place.reader.segment.tombstones.deletesTweet(id) {
      return .deleted
    }
    return .missing
  }
}

extension Searcher {
  // The live tweets that a field's id leads to.
  fileprivate func ids(_ field: TermField, _ id: UInt64) throws -> [UInt64] {
    var ids: [UInt64] = []
    for place in segments {
      let segment = place.reader.segment
      for document in try segment.documents(with: field, id: id) where place.reader.isLive(document) {
        if try isShown(place.folder, segment, document) { ids.append(try segment.id(document)) }
      }
    }
    return ids
  }
}
