internal import Activity
internal import Bytes
internal import CommitWriting
internal import Commits
internal import Timelines
internal import Follows

extension TimelineWriter {
  /// Makes all that was added durable and visible in one step; nothing is published when nothing is new. The writer is at
  /// its end then. - Returns: the commit's number. - Throws: `SystemError`, `SegmentError`.
  @discardableResult
  public func commit() throws -> Int {
    try prepare()
    return try publish()
  }

  /// Writes and makes durable all that the commit needs: what is left for `publish` is the manifest and the pointer.
  public func prepare() throws {
    let known = try TimelineStore(folder.path, manifest, segments)
    let (graph, delta) = try graphs(known)
    let activity = try activity(graph)
    let maker = SegmentMaker(graph: graph, settings: settings, isActive: activity)
    var content = try content(graph, delta, known)
    let dead = try allTombstones()
    for part in 0..<tweets.parts {
      try addFresh(try tweets.take(part), dead, to: &content)
      if !content.isEmpty { try write(content, maker) }
      content = SegmentContent()
      content.newest = newest
    }
    while let range = MergePolicy.plan(segments.map(\.archive.fileSize)) { try fold(range, maker) }
    if folds && segments.count > 1 { try fold(0..<segments.count, maker) }
    if keepsKnown { self.known = KnownRuns(graph: graph, dead: dead, segments: segments, orphans: orphans) }
  }

  /// Makes what `prepare` wrote visible. - Returns: the commit's number. - Throws: `SystemError`.
  public func publish() throws -> Int {
    guard hasChanges else { return manifest.generation }
    var next = manifest
    next.generation += 1
    try folder.publish(next)
    manifest = next
    hasChanges = false
    try GarbageCollector(folder).collect(newest: next)
    return next.generation
  }

  private func write(_ content: SegmentContent, _ maker: SegmentMaker, at place: Int? = nil) throws {
    let name = "seg-\(Manifest.padded(manifest.generation + 1))-\(written).tar"
    written += 1
    let (entry, seconds) = try maker.write(content, to: folder.segment(name))
    let segment = try TimelineSegment(folder.segment(name), expected: entry)
    if isPassing { try Syscalls.unlink(folder.segment(name)) }
    manifest.segments.insert(entry, at: place ?? segments.count)
    segments.insert(segment, at: place ?? segments.count)
    if place == nil {
      deliveries += segment.header.deliveries
      pushSeconds += seconds
    }
    hasChanges = true
  }

  // MARK: What is new

  // The graph of all runs, and this run's own where there were others.
  private func graphs(_ known: TimelineStore) throws -> (all: FollowGraph, delta: FollowGraph?) {
    var own = RelationLog()
    swap(&own, &run)
    guard var whole = all.take() else {
      let graph = own.finish(threads: settings.threads)
      relations = (graph.records, graph.duplicates)
      return (graph, nil)
    }
    for segment in segments { try segment.addGraph(to: &whole) }
    let graph = whole.finish(threads: settings.threads)
    let delta = own.finish(threads: settings.threads)
    relations = (delta.records, delta.duplicates)
    return (graph, delta)
  }

  // All of the run but its tweets.
  private func content(_ graph: FollowGraph, _ delta: FollowGraph?, _ known: TimelineStore) throws
    -> SegmentContent
  {
    var content = SegmentContent()
    content.newest = newest
    content.names = names.takeSorted()
    if !segments.isEmpty {
      let all = content.names
      content.names.entries = try all.entries.filter { entry in
        try !known.hasName(entry.user, all.name(entry), since: entry.at)
      }
    }
    for id in deletes.tweets.sorted() {
      if try count(known.isDeleted(tweet: id)) { content.deletedTweets.append(id) }
    }
    for id in deletes.users.sorted() {
      if try count(known.isDeleted(user: id)) { content.deletedUsers.append(id) }
    }
    if let delta {
      let news = try NewRelations(delta, beyond: segments, numbers: graph.users)
      relations.used -= news.known
      relations.repeated += news.known
      content.edges = .some(news.edges)
      content.changes = news.changes
      content.resets = news.beginners
    } else {
      content.edges = graph.edges > 0 ? .all : .none
      content.changes = graph.changeRows
    }
    return content
  }

  // Whether a tombstone is new.
  private func count(_ isKnown: Bool) -> Bool {
    if isKnown { tombstones.repeated += 1 } else { tombstones.new += 1 }
    return !isKnown
  }

  // Those of all runs.
  private func allTombstones() throws -> Tombstones {
    var dead = deletes
    for segment in segments { try dead.add(segment.deletes) }
    return dead
  }

  // By number of the graph: whether the user did anything lately.
  private func activity(_ graph: FollowGraph) throws -> [Bool] {
    guard let span = settings.activeFor else { return Array(repeating: true, count: graph.users.count) }
    var last = [Int64](repeating: .min, count: graph.users.count)
    var latest = newest
    func did(_ user: UInt32, _ at: Int64) { last[Int(user)] = max(last[Int(user)], at) }
    for segment in segments {
      latest = max(latest, segment.header.newest)
      for user in 0..<UInt32(segment.users) {
        guard let number = graph.users.number(of: try segment.id(user)) else { continue }
        if let tweet = try segment.tweets(of: user).last {
          did(number, try segment.time(segment.authorTweet(tweet)))
        }
      }
    }
    for (user, at) in lastSeen { if let number = graph.users.number(of: user) { did(number, at) } }
    for relation in [Relation.follow, .block, .mute] {
      graph.forEachChange(relation) { owner, _, at, _ in did(owner, at) }
    }
    let oldest = latest < .min + span ? .min : latest - span
    return last.map { $0 >= oldest }
  }

  // MARK: Folding

  // Makes neighbouring segments one, as if their runs had been one: without what is deleted.
  private func fold(_ range: Range<Int>, _ maker: SegmentMaker) throws {
    var content = SegmentContent()
    var log = NameLog()
    var gone = Tombstones()
    let dead = try allTombstones()
    let users = maker.graph.users
    var edges: [UInt64] = []
    var tweets: [TweetFacts] = []
    for (index, segment) in zip(range, segments[range]) {
      for tweet in 0..<segment.header.tweets {
        let facts = try segment.facts(tweet)
        if dead.tweets.contains(facts.id) { continue }
        if try !segments.isSuperseded(facts.id, in: index) { tweets.append(facts) }
      }
      // What is oldest has nothing before it to supersede or to reset.
      if range.lowerBound > 0 {
        for place in 0..<segment.superseded.count {
          content.superseded.append(try segment.superseded.id(place))
        }
      }
      try gone.add(segment.deletes)
      for place in 0..<segment.names.count {
        let name = try segment.names.name(place)
        log.add(try segment.id(name.user), name.name.span, at: name.at)
      }
      try segment.addRelations(numbers: users, edges: &edges, changes: &content.changes)
      if range.lowerBound > 0 { content.resets += try segment.resets(numbers: users) }
      content.newest = max(content.newest, segment.header.newest)
    }
    tweets.sort()
    for tweet in tweets { content.add(tweet, isHidden: dead.hides(tweet)) }
    tweets = []
    content.superseded = content.superseded.sortedDistinct()
    content.deletedTweets = gone.tweets.sorted()
    content.deletedUsers = gone.users.sorted()
    content.names = log.takeSorted()
    content.edges = range == segments.indices ? (edges.isEmpty ? .none : .all) : .some(edges.sortedDistinct())
    for kind in content.changes.indices { content.changes[kind] = content.changes[kind].sortedDistinct() }
    content.resets = content.resets.sortedDistinct()
    manifest.segments.removeSubrange(range)
    segments.removeSubrange(range)
    if !content.isEmpty { try write(content, maker, at: range.lowerBound) }
    hasChanges = true
  }
}
