internal import Bytes
internal import Synchronization

/// Cuts a member into chunks.
public protocol ChunkCutter: AnyObject {
  /// The next chunk, or nil at the end.
  func next() throws -> Chunk?
}

/// The chunks of several inputs, one input behind the other: what workers are fed from.
///
/// A failure ends the chunks and waits in `failure`, since the thread that reads is not the one that reports.
/// `next` is called by one thread; `failure` read after its end.
public final class ChunkSource: @unchecked Sendable {
  private var operands: [String]?
  private var walker = InputWalker([])
  private var cutter: (any ChunkCutter)?
  private let makeCutter: (PeekStream, _ source: String, _ member: String) throws -> any ChunkCutter
  /// The file or member that is being read, for messages.
  private var place = ""
  private let position = Atomic<Int>(0)
  /// Why the chunks ended too early, or nil.
  public private(set) var failure: (any Error)?

  /// Reads what `operands` name, in any container (`InputWalker`); `-`, or no operand at all, is standard input.
  /// - Parameter cutter: how a member is cut; between JSON values if nothing else is said.
  public init(
    _ operands: [String],
    cutter: @escaping (PeekStream, _ source: String, _ member: String) throws -> any ChunkCutter = {
      LineChunker($0, source: $1, member: $2)
    }
  ) {
    self.operands = operands.isEmpty ? ["-"] : operands
    makeCutter = cutter
  }

  /// Bytes read from the files so far: how far a run is. May be asked by any thread.
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
          position.store(walker.bytesRead, ordering: .relaxed)
          return chunk
        }
        guard let step = try walker.next() else { return nil }
        switch step {
        case .member(let source, let member, let stream):
          place = member.isEmpty ? source : source + "/" + member
          cutter = try makeCutter(stream, source, member)
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
