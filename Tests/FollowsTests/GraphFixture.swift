import Bytes
import Containers
import Follows
import TestSupport
import TimelineTestSupport

/// Graphs made of text and of plain values.
enum GraphFixture {
  static func chunk(_ bytes: [UInt8], form: GraphForm?) -> Chunk {
    var buffer = ByteBuffer(capacity: max(bytes.count, 16))
    buffer.append(bytes.span)
    let chunk = Chunk(bytes: buffer, source: "f", member: "", offset: 0, line: 1, layout: .lines)
    chunk.context = form
    return chunk
  }

  static func batch(_ text: String, form: GraphForm? = .edges) -> RelationBatch {
    RelationReader(program: "test").read(chunk(Array(text.utf8), form: form))
  }

  static func graph(_ entries: [NaiveTimeline.Entry], threads: Int = 1) -> FollowGraph {
    var log = RelationLog()
    for entry in entries {
      switch entry {
      case .edge(let user, let other):
        log.add(RelationChange(.follow, user, other, at: RelationChange.oldest, isOn: true))
      case .change(let change):
        let relation: Relation =
          switch change.kind {
          case .follow: .follow
          case .block: .block
          case .mute: .mute
          case .protected: .protected
          }
        log.add(RelationChange(relation, change.user, change.target, at: change.at, isOn: change.isOn))
      default: break
      }
    }
    return log.finish(threads: threads)
  }
}
