internal import Bytes

/// One commit of an index, opened whole: what it answers never changes, whatever a writer does meanwhile.
public final class IndexReader: Sendable {
  /// The folder.
  public let path: String
  /// The commit's number; 0 for an index without a commit.
  public let generation: Int
  /// The analyzer's id; empty while the index is.
  public let analyzer: String
  /// The segments, oldest first.
  package let segments: [Segment]

  /// Opens the newest commit.
  ///
  /// A commit whose files go while they are opened (a writer has published and collected) is read again, as long as the
  /// commit's number rises. - Throws: `IndexError.notAnIndex`, `SegmentError`, `SystemError`.
  public init(_ path: String) throws {
    self.path = path
    let folder = IndexFolder(path)
    guard let status = try Syscalls.status(path) else {
      throw SystemError(operation: "open", path: path, code: 2)
    }
    guard status.isDirectory else { throw IndexError.notAnIndex(path) }
    var tried = -1
    while true {
      guard let manifest = try folder.newest() else { throw IndexError.notAnIndex(path) }
      do {
        segments = try manifest.segments.map { try Segment(folder.segment($0.name), expected: $0) }
        generation = manifest.generation
        analyzer = manifest.analyzer
        return
      } catch let error as SystemError where error.isMissing && manifest.generation > tried {
        tried = manifest.generation
      } catch let error as SystemError where error.isMissing {
        throw SegmentError.corrupt(
          file: error.path, member: "", offset: 0,
          reason: "the commit names this segment, and it is not there")
      }
    }
  }
}
