internal import Bytes
internal import Records
internal import TextAnalysis

/// What a worker finds out about a tweet that may get a cluster: it travels with the record.
struct ClusterMark: Sendable {
  /// The fingerprint of its text; 0 for one that gets no cluster.
  var print: UInt64 = 0
  /// Bytes of the record from where the field stands to the end. They stay the same when what lies before is rewritten.
  var tail: Int32 = 0
}

/// Gives written tweets their clusters, in the order of the output: what is never written is in none.
struct ClusterWriter: ~Copyable {
  private var clusters = TextClusters()
  private var field = ByteBuffer(capacity: 64)
  /// Tweets in a cluster that another one began.
  private(set) var joined = 0
  /// Distinct texts that were forgotten to bound memory.
  var forgotten: Int { clusters.forgotten }

  /// Hands on the field of the tweet with `id`, if it gets one.
  mutating func write(
    _ id: UInt64, _ mark: ClusterMark, _ write: (borrowing ByteBuffer, Range<Int>) throws -> Void
  ) throws {
    if mark.print == 0 { return }
    let cluster = clusters.cluster(of: mark.print, id: id)
    if cluster != id { joined += 1 }
    field.removeAll()
    TweetWriter.writeCluster(cluster, &field)
    try write(field, 0..<field.count)
  }
}
