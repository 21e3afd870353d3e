internal import Bytes
package import Commits

/// Removes what no commit needs that a reader may still open: the last three commits are kept, and all younger than an
/// hour. Only the holder of the lock collects. What is removed stays readable for those who have it open.
package struct GarbageCollector {
  private let folder: CommitFolder
  /// Commits that are kept whatever their age.
  package static let keptCommits = 3
  /// Commits younger than this are kept: 1 hour, in ns.
  package static let keptAge: Int64 = 3_600_000_000_000

  package init(_ folder: CommitFolder) { self.folder = folder }

  /// Removes temporary files of writers that died; the lock says that none is at work.
  package func sweepTemporaries() throws {
    for place in [folder.path, folder.segments] {
      for name in try Syscalls.list(place) where name.hasPrefix(".") && name.holds(".tmp.") {
        try Syscalls.unlink(Paths.join(place, name))
      }
    }
  }

  /// What could be removed now, as paths. - Parameter keepsOlder: whether older commits are kept by number and age.
  package func garbage(newest: Manifest, keepsOlder: Bool = true) throws -> [String] {
    let now = Syscalls.wallMilliseconds() * 1_000_000
    var old: [String] = []
    var needed = Set<String>()
    for name in try Syscalls.list(folder.path) {
      guard let generation = CommitFolder.generation(name) else { continue }
      let path = Paths.join(folder.path, name)
      let age = now - (try Syscalls.status(path)?.modified ?? now)
      // A manifest beyond the pointer was never published.
      let isKept =
        generation == newest.generation
        || keepsOlder && generation < newest.generation
          && (generation > newest.generation - Self.keptCommits || age < Self.keptAge)
      guard isKept, let manifest = try? folder.manifest(at: path) else {
        if !isKept { old.append(path) }
        continue
      }
      needed.formUnion(manifest.files)
    }
    needed.formUnion(newest.files)
    for name in try Syscalls.list(folder.segments) where !needed.contains(name) && !name.hasPrefix(".") {
      old.append(folder.segment(name))
    }
    return old
  }

  /// Removes it. The commit is safe already: a failure is not the run's.
  package func collect(newest: Manifest) throws {
    for path in try garbage(newest: newest) { try? Syscalls.unlink(path) }
  }

  /// Removes all but the newest commit, and makes that durable. - Throws: `SystemError`: what stays would be a promise broken.
  package func collectAll(newest: Manifest) throws {
    for path in try garbage(newest: newest, keepsOlder: false) { try Syscalls.unlink(path) }
    try Syscalls.syncDirectory(folder.segments)
    try Syscalls.syncDirectory(folder.path)
  }
}
