internal import Bytes
public import Containers
internal import Synchronization

/// What lines a member of a graph file has.
public enum GraphForm: Sendable {
  /// `follower followee`.
  case edges
  /// Canonical records.
  case records
}

/// The chunks of graph files, one file behind the other, in any container; `Chunk.context` is a `GraphForm`.
///
/// A failure ends the chunks and waits in `failure`. `next` is called by one thread; `failure` read after its end.
public final class GraphSource: @unchecked Sendable {
  private var operands: [String]?
  private var walker = InputWalker([])
  private var cutter: LineCutter?
  private var form = GraphForm.edges
  private var place = ""
  private let position = Atomic<Int>(0)
  /// Why the chunks ended too early, or nil.
  public private(set) var failure: (any Error)?

  /// Reads what `operands` name.
  public init(_ operands: [String]) { self.operands = operands }

  /// Bytes read from the files so far. May be asked by any thread.
  public var bytesRead: Int { position.load(ordering: .relaxed) }

  /// The next chunk, or nil at the end and after a failure.
  public func next() -> Chunk? {
    do {
      if let operands {
        walker = InputWalker(try InputPaths.expand(operands))
        self.operands = nil
      }
      while failure == nil {
        if let chunk = try cutter?.next() {
          chunk.context = form
          position.store(walker.bytesRead, ordering: .relaxed)
          return chunk
        }
        guard let step = try walker.next() else { return nil }
        switch step {
        case .member(let source, let member, let stream):
          place = member.isEmpty ? source : source + "/" + member
          switch try stream.peek(GraphLook.bytes, GraphLook.init) {
          case .edges: form = .edges
          case .records: form = .records
          case .other(let found): throw MisplacedRecord(path: place, line: 1, found: found, isRaw: true)
          }
          cutter = LineCutter(stream, source: source, member: member)
        case .damage(let source, let member, let error):
          place = member.isEmpty ? source : source + "/" + member
          throw error
        }
      }
    } catch let error as ContainerError {
      failure = DamagedInput(path: place, reason: error.words)
    } catch {
      failure = error
    }
    return nil
  }

  /// Throws what ended the chunks too early.
  public func check() throws { if let failure { throw failure } }
}
