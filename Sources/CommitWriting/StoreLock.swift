internal import Bytes
package import Commits

/// The lock of a store's one writer, held as long as this lives. The kernel gives it back when the process dies.
package final class StoreLock {
  private let descriptor: Int32

  /// Makes the folder when there is none and takes its lock.
  ///
  /// - Throws: `CommitError.locked` while another writer holds it, `CommitError.notAStore`, `SystemError`.
  package init(_ folder: CommitFolder) throws {
    try folder.prepare()
    let opened = try Syscalls.openLock(folder.lock)
    do {
      guard try Syscalls.lock(opened, path: folder.lock) else { throw CommitError.locked(folder.path) }
    } catch {
      Syscalls.closeQuietly(opened)
      throw error
    }
    // Only now: an object that is whole would give the lock back once more when its initializer throws.
    descriptor = opened
  }

  deinit { Syscalls.closeLock(descriptor) }
}
