internal import Bytes
public import Containers

/// What lines a member of a graph file has.
public enum GraphForm: Sendable {
  /// `follower followee`.
  case edges
  /// Canonical records.
  case records
}

/// The chunks of graph files.
public enum GraphSource {
  /// The chunks of `files`, one file behind the other, in any container; `Chunk.context` is a `GraphForm`. A file of
  /// something else ends them with a `MisplacedRecord`.
  public static func chunks(_ files: [String]) -> ChunkSource {
    ChunkSource(files) { stream, source, member in
      let form: GraphForm
      switch try stream.peek(GraphLook.bytes, GraphLook.init) {
      case .edges: form = .edges
      case .records: form = .records
      case .other(let found):
        let place = member.isEmpty ? source : source + "/" + member
        throw MisplacedRecord(path: place, line: 1, found: found, isRaw: true)
      }
      return LineCutter(stream, source: source, member: member, form: form)
    }
  }
}
