internal import Bytes

/// Why an index cannot be written.
public enum IndexError: Error, Equatable {
  /// Another writer is at work.
  case locked(String)
  /// The folder holds other things.
  case notAnIndex(String)
  /// Records analysed in another way than the index's.
  case otherAnalyzer(found: String, expected: String)
}

/// The one writer of an index: takes batches, writes segments, commits.
///
/// Holds the folder's lock as long as it lives. Until `commit` returns, readers see the commit before.
public final class IndexWriter {
  private let folder: IndexFolder
  private let lockDescriptor: Int32
  private let threads: Int
  private var manifest: Manifest
  private var builder: SegmentBuilder
  private var pending: [Manifest.Segment] = []
  private var segment = 0

  /// Opens the index at `path` for writing, and makes it when there is none.
  ///
  /// - Throws: `IndexError`, `SystemError`, `SegmentError`.
  public init(_ path: String, threads: Int) throws {
    folder = IndexFolder(path)
    self.threads = threads
    if let status = try Syscalls.status(path) {
      guard status.isDirectory else { throw IndexError.notAnIndex(path) }
      let known: Set<String> = ["CURRENT", "lock", "segments", "audit.ndjson"]
      for name in try Syscalls.list(path) where !known.contains(name) && IndexFolder.generation(name) == nil {
        if !name.hasPrefix(".") { throw IndexError.notAnIndex(path) }
      }
    }
    try Syscalls.makeDirectories(folder.segments)
    lockDescriptor = try Syscalls.openLock(folder.lock)
    guard try Syscalls.lock(lockDescriptor, path: folder.lock) else {
      Syscalls.closeQuietly(lockDescriptor)
      throw IndexError.locked(path)
    }
    manifest = try folder.newest() ?? Manifest()
    builder = SegmentBuilder()
  }

  deinit { Syscalls.closeQuietly(lockDescriptor) }

  /// The analyzer's id; empty while the index has none.
  public var analyzer: String { manifest.analyzer }

  /// Gives a new index its analyzer. - Throws: `IndexError.otherAnalyzer`.
  public func useAnalyzer(_ identifier: String) throws {
    if manifest.analyzer.isEmpty {
      manifest.analyzer = identifier
    } else if manifest.analyzer != identifier {
      throw IndexError.otherAnalyzer(found: identifier, expected: manifest.analyzer)
    }
  }

  /// Adds what a worker read, in input order. When a chunk of another segment comes, the one before is written.
  public func add(_ read: ReadBatch) throws {
    if let foreign = read.foreignAnalyzer {
      throw IndexError.otherAnalyzer(found: foreign, expected: manifest.analyzer)
    }
    if read.segment != segment {
      try writeSegment()
      segment = read.segment
    }
    builder.add(read.batch)
  }

  private func writeSegment() throws {
    if builder.isEmpty { return }
    let name = "seg-\(Manifest.padded(manifest.generation + 1))-\(pending.count).tar"
    let assembler = SegmentAssembler(builder, analyzer: manifest.analyzer, threads: threads)
    let empty = ByteBuffer()
    let made = try assembler.write(to: folder.segment(name), tombstones: empty.span)
    pending.append(
      Manifest.Segment(
        name: name, size: made.size, checksum: made.checksum, documents: made.header.documents, dead: 0,
        deadFile: nil))
    builder = SegmentBuilder()
  }

  /// Makes all that was added visible, in one step. - Returns: the commit's number.
  public func commit() throws -> Int {
    try writeSegment()
    manifest.generation += 1
    manifest.segments += pending
    pending = []
    try folder.publish(manifest)
    return manifest.generation
  }
}
