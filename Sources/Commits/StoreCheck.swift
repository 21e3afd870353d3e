internal import Bytes

/// Walks the newest commit of a store of any kind: what `--verify` does around the checks of each kind.
package enum StoreCheck {
  /// All problems in the order of the segments, nil for a sound one; or the one that keeps the commit from being read.
  ///
  /// - Parameter check: throws what is wrong with a segment, or says it. - Throws: `CommitError.notAStore`, `SystemError`.
  package static func problems(
    _ folder: CommitFolder, threads: Int,
    _ check: @escaping @Sendable (Manifest.Segment, Manifest) throws -> String?
  ) throws -> (manifest: Manifest?, found: [String?]) {
    guard let status = try Syscalls.status(folder.path) else {
      throw SystemError(operation: "open", path: folder.path, code: 2)
    }
    guard status.isDirectory else { throw CommitError.notAStore(folder.path, folder.kind) }
    let manifest: Manifest
    do {
      guard let newest = try folder.newest() else { throw CommitError.notAStore(folder.path, folder.kind) }
      manifest = newest
    } catch let error as SegmentError {
      return (nil, [error.message])
    }
    let found = OrderedWork.map(manifest.segments.count, threads: threads) { index in
      problem(manifest.segments[index], manifest, check)
    }
    return (manifest, found)
  }

  private static func problem(
    _ entry: Manifest.Segment, _ manifest: Manifest,
    _ check: (Manifest.Segment, Manifest) throws -> String?
  ) -> String? {
    do { return try check(entry, manifest) } catch let error as SegmentError {
      return error.message
    } catch let error as SystemError {
      return "corrupt: \(error.path): cannot \(error.operation): \(error.reason)"
    } catch {
      return "corrupt: \(entry.name): \(error)"
    }
  }
}
