internal import Bytes

/// A timeline store of a run that keeps none: a folder of temporary files, which lose their names as soon as they are mapped.
final class PassingStore {
  /// The folder.
  let path: String

  /// A folder of its own in TMPDIR, or /tmp.
  init() throws(SystemError) {
    let parent = Syscalls.environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    path = Paths.join(parent, ".tweetmill.fanout.\(Syscalls.processID)")
    // What a process of the same number left behind.
    Self.remove(path)
    try Syscalls.makeDirectories(path)
  }

  deinit { remove() }

  /// Takes the names of what was written; who has it mapped reads on.
  func remove() { Self.remove(path) }

  // A folder that cannot be removed is no failure of the run.
  private static func remove(_ path: String) {
    for folder in [Paths.join(path, "segments"), path] {
      for name in (try? Syscalls.list(folder)) ?? [] { _ = try? Syscalls.unlink(Paths.join(folder, name)) }
      _ = try? Syscalls.removeDirectory(folder)
    }
  }
}
