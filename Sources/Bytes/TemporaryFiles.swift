import Glibc
import Synchronization

/// The temporary files of this process, so that a signal can remove them. Correctness never depends on it: after
/// kill -9 the next run sweeps them.
public enum TemporaryFiles {
  // A fixed table of C strings: the handler may only read plain memory and call `unlink`.
  private static let slots = 64
  nonisolated(unsafe) private static let table: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = {
    let made = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: slots)
    unsafe made.initialize(repeating: nil, count: slots)
    return unsafe made
  }()
  private static let guardLock = Mutex(())

  /// Remembers `path` until `forget`.
  public static func remember(_ path: String) {
    guardLock.withLock { _ in
      // SAFETY: indices stay below `slots`; the lock keeps other threads away.
      for slot in 0..<slots where unsafe table[slot] == nil {
        unsafe table[slot] = strdup(path)
        return
      }
    }
  }

  /// Forgets `path`: it was renamed or removed.
  public static func forget(_ path: String) {
    guardLock.withLock { _ in
      for slot in 0..<slots {
        guard let known = unsafe table[slot], unsafe strcmp(known, path) == 0 else { continue }
        // The string is leaked: a handler may be reading it at this moment.
        unsafe table[slot] = nil
        return
      }
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var current = sigaction()
    guard unsafe sigaction(number, nil, &current) == 0 else { return false }
    // SIG_IGN is the address 1: a value to compare, never to call.
    return unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Makes SIGINT, SIGTERM and SIGHUP remove the temporary files and then end the process as they would have;
  /// makes a file-size limit an error instead of a signal, and a file cut under a reader a message.
  public static func installSignalHandlers() {
    unsafe _ = table
    // What a parent made us ignore (nohup, a shell's background job) stays ignored.
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signalNumber) {
      signal(signalNumber) { number in
        for slot in 0..<TemporaryFiles.slots {
          if let path = unsafe TemporaryFiles.table[slot] { unsafe _ = unlink(path) }
        }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGBUS) { _ in
      let message: StaticString = "error: a file was cut short while it was being read; run again\n"
      unsafe _ = Glibc.write(2, message.utf8Start, message.utf8CodeUnitCount)
      _exit(74)
    }
  }
}
