internal import Ingestion
internal import Records

/// What `--stats` says beside the ledger's terms: records by shape, rejects by reason, findings.
struct IngestFindings {
  private var shapes = DecodedChunk.Shapes()
  private var overLengths = 0
  private var timeMismatches = 0
  private var reasons: [String: Int] = [:]
  /// Members of account archives that hold no tweets.
  var skippedMembers = 0
  /// Tweets in a cluster that another one began, and texts that clusters no longer remember.
  var clustered = 0
  var forgottenTexts = 0

  /// Adds a chunk's.
  mutating func add(_ chunk: DecodedChunk) {
    shapes.add(chunk.shapes)
    overLengths += chunk.overLengths
    timeMismatches += chunk.timeMismatches
    for reject in chunk.rejects { reasons[reject.rejection.reason.rawValue, default: 0] += 1 }
  }

  /// All that is not zero, in a fixed order.
  var details: [(name: String, count: Int)] {
    let all = [
      ("shape_v1", shapes.v1), ("shape_archive", shapes.archive), ("shape_v2", shapes.v2),
      ("shape_gnip", shapes.gnip), ("shape_canonical", shapes.canonical), ("shape_csv", shapes.rows),
      ("shape_edges", shapes.edges), ("shape_notice", shapes.notices),
      ("finding_over_length", overLengths), ("finding_time_mismatch", timeMismatches),
      ("skipped_members", skippedMembers), ("clustered", clustered), ("forgotten_texts", forgottenTexts),
    ]
    let refused = reasons.sorted { $0.key < $1.key }.map {
      ("rejected_" + String($0.key.map { $0 == "-" ? "_" : $0 }), $0.value)
    }
    return (all + refused).filter { $0.1 > 0 }.map { (name: $0.0, count: $0.1) }
  }
}
