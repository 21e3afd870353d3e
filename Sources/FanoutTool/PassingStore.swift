internal import Bytes

/// A timeline store of a run that keeps none: a folder in TMPDIR, or /tmp, that goes when the run ends. Its segments lose their
/// names as soon as they are open (`TimelineWriter.isPassing`).
final class PassingStore {
  /// The folder.
  let path: String
  // What lies in it, the folder itself first: a signal removes the last one first.
  private var parts: [String] { [path, Paths.join(path, "segments"), Paths.join(path, "lock")] }

  /// A folder of its own, for nobody else: what has its name already is never touched. - Throws: `SystemError`.
  init() throws(SystemError) {
    let parent = Syscalls.environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    path = try Self.make(parent)
    for part in parts { TemporaryFiles.remember(part) }
  }

  private static func make(_ parent: String) throws(SystemError) -> String {
    var tries = 0
    while true {
      let path = Paths.join(parent, ".tweetmill.fanout.\(Syscalls.processID).\(tries)")
      tries += 1
      if try Syscalls.makeNewDirectory(path) { return path }
      if tries == 100 { throw SystemError(operation: "mkdir", path: path, code: 17) }
    }
  }

  // A folder that cannot be removed is no failure of the run.
  deinit {
    for folder in [Paths.join(path, "segments"), path] {
      for name in (try? Syscalls.list(folder)) ?? [] { _ = try? Syscalls.unlink(Paths.join(folder, name)) }
      _ = try? Syscalls.removeDirectory(folder)
    }
    for part in parts { TemporaryFiles.forget(part) }
  }
}
