import Glibc
import Synchronization

/// The temporary files and folders of this process, so that a signal can remove them. Correctness never depends on it: after
/// kill -9 the next run sweeps them.
public enum TemporaryFiles {
  // A fixed table of C strings: the handler may only read plain memory and call `unlink`.
  private static let slots = 64
  private typealias Slot = Atomic<UnsafeMutablePointer<CChar>?>
  nonisolated(unsafe) private static let table: UnsafeMutablePointer<Slot> = {
    let made = UnsafeMutablePointer<Slot>.allocate(capacity: slots)
    for slot in 0..<slots { unsafe (made + slot).initialize(to: Slot(nil)) }
    return unsafe made
  }()
  private static let guardLock = Mutex(())
  /// Set by the handler before it reads the table. From then on nothing is freed: the process is about to end.
  private static let isEnding = Atomic<Bool>(false)

  /// Remembers `path` until `forget`.
  public static func remember(_ path: String) {
    guardLock.withLock { _ in
      // SAFETY: indices stay below `slots`; the lock keeps other threads away.
      for slot in 0..<slots where unsafe table[slot].load(ordering: .relaxed) == nil {
        unsafe table[slot].store(strdup(path), ordering: .sequentiallyConsistent)
        return
      }
    }
  }

  /// Forgets `path`: it was renamed or removed.
  public static func forget(_ path: String) {
    guardLock.withLock { _ in
      for slot in 0..<slots {
        guard let known = unsafe table[slot].load(ordering: .relaxed), unsafe strcmp(known, path) == 0 else {
          continue
        }
        unsafe table[slot].store(nil, ordering: .sequentiallyConsistent)
        // SAFETY: a handler that is not seen here has yet to read the table, and will find the slot empty.
        if !isEnding.load(ordering: .sequentiallyConsistent) { unsafe free(known) }
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
    _ = isEnding.load(ordering: .relaxed)
    // What a parent made us ignore (nohup, a shell's background job) stays ignored.
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signalNumber) {
      signal(signalNumber) { number in
        TemporaryFiles.isEnding.store(true, ordering: .sequentiallyConsistent)
        for slot in 0..<TemporaryFiles.slots {
          if let path = unsafe TemporaryFiles.table[slot].load(ordering: .sequentiallyConsistent) {
            unsafe _ = unlink(path)
          }
        }
        // Folders are empty now; what lies in another was remembered later.
        for slot in (0..<TemporaryFiles.slots).reversed() {
          if let path = unsafe TemporaryFiles.table[slot].load(ordering: .sequentiallyConsistent) {
            unsafe _ = rmdir(path)
          }
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
