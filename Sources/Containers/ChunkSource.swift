internal import Bytes
internal import Synchronization

/// The chunks of several inputs, one input behind the other: what workers are fed from.
///
/// A failure ends the chunks and waits in `failure`, since the thread that reads is not the one that reports.
public final class ChunkSource: @unchecked Sendable {  // `next` is called by one thread; `failure` read after its end
  private var paths: ArraySlice<String>
  private var chunker: LineChunker?
  private var file: FileStream?
  private let position = Atomic<Int>(0)
  private var before = 0
  /// Why the chunks ended too early, or nil.
  public private(set) var failure: (any Error)?

  /// Reads the files `paths`; `-`, or no path at all, is standard input.
  public init(_ paths: [String]) { self.paths = (paths.isEmpty ? ["-"] : paths)[...] }

  /// Bytes read from the files so far: how far a run is. May be asked by any thread.
  public var bytesRead: Int { position.load(ordering: .relaxed) }

  /// The next chunk, or nil at the end and after a failure.
  public func next() -> Chunk? {
    do {
      while failure == nil {
        if let chunk = try chunker?.next() {
          position.store(before + (file?.position ?? 0), ordering: .relaxed)
          return chunk
        }
        before += file?.position ?? 0
        guard let path = paths.popFirst() else { return nil }
        let opened = try FileStream(path)
        file = opened
        chunker = LineChunker(path.hasSuffix(".zst") ? ZstdStream(opened) : opened, source: path, member: "")
      }
    } catch {
      failure = error
    }
    return nil
  }

  /// Throws what ended the chunks too early.
  public func check() throws { if let failure { throw failure } }
}
