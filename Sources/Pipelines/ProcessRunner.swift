// The only file that calls CProcess: children, their ends, and signals.
internal import Bytes
internal import CProcess
internal import Glibc

/// How a child ended.
public enum ProcessEnd: Equatable, Sendable {
  /// By itself, with a status.
  case exited(Int32)
  /// By a signal.
  case killed(Int32)

  /// `ended with status 65`.
  public var text: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .killed(let signal): "was killed by \(Signals.name(signal))"
    }
  }

  /// The reader of its output went away: 141 is how a shell reports it.
  var isBrokenPipe: Bool { self == .killed(SIGPIPE) || self == .exited(128 + SIGPIPE) }
}

/// Pipes between stages.
enum Pipes {
  /// A pipe whose ends no child inherits. - Parameter capacity: bytes that the kernel may hold, where it allows that.
  static func make(capacity: Int = 0) throws(SystemError) -> (read: Int32, write: Int32) {
    var reader: Int32 = -1
    var writer: Int32 = -1
    let failed = unsafe cprocess_pipe(&reader, &writer, Int32(capacity))
    if failed != 0 { throw SystemError(operation: "pipe", path: "pipe", code: failed) }
    return (reader, writer)
  }
}

/// A child that was started; it leads a process group.
struct ChildProcess {
  let pid: Int32
  /// Readable when it has ended; -1 where the kernel cannot tell, and one must ask.
  let watch: Int32

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - descriptors: what become its standard input, output and error.
  ///   - kept: descriptors that stay open under their own numbers.
  /// - Throws: `SystemError` with the operation `run`.
  init(
    _ program: String, words: [String], environment: [String],
    descriptors: (input: Int32, output: Int32, error: Int32), kept: (Int32, Int32)?
  ) throws(SystemError) {
    var child: Int32 = 0
    var failed = Self.start(program, words, environment, descriptors, kept, &child)
    // A program that was written a moment ago may still be open in a child that another thread has just forked.
    for _ in 0..<20 where failed == ETXTBSY {
      _ = try Syscalls.wait(for: [], milliseconds: 10)
      failed = Self.start(program, words, environment, descriptors, kept, &child)
    }
    if failed != 0 { throw SystemError(operation: "run", path: program, code: failed) }
    pid = child
    watch = cprocess_watch(child)
  }

  private static func start(
    _ program: String, _ words: [String], _ environment: [String],
    _ descriptors: (input: Int32, output: Int32, error: Int32), _ kept: (Int32, Int32)?, _ child: inout Int32
  ) -> Int32 {
    // SAFETY: the vectors end with nil and live, with their strings, for the call; the child copies them by exec.
    unsafe withVector(words) { arguments in
      unsafe withVector(environment) { variables in
        unsafe program.withCString { path in
          var request = unsafe cprocess_request(
            path: path, arguments: arguments, environment: variables, input: descriptors.input,
            output: descriptors.output, error: descriptors.error, kept: (kept?.0 ?? -1, kept?.1 ?? -1))
          return unsafe cprocess_start(&request, &child)
        }
      }
    }
  }

  private static func withVector<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Result
  ) -> Result {
    var vector = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { unsafe vector.forEach { unsafe free($0) } }
    return unsafe vector.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
  }

  /// Its end, or nil while it runs. Not to be asked again after an end.
  func end() -> ProcessEnd? {
    var value: Int32 = 0
    switch unsafe cprocess_reap(pid, &value) {
    case 0: return nil
    case 1: return .exited(value)
    default: return .killed(value)
    }
  }

  /// Sends a signal to all of its group.
  func signal(_ number: Int32) {
    // The group may hold grandchildren after the child itself has ended.
    _ = kill(-pid, number)
  }
}

/// SIGINT, SIGTERM and SIGHUP as something to wait for instead of something that happens.
public struct Interrupts: Sendable {
  let descriptor: Int32

  /// Blocks the signals in this thread and those that it starts; nil when that fails. Call it on the main thread before
  /// any other thread is there.
  public init?() {
    descriptor = cprocess_interrupts()
    if descriptor < 0 { return nil }
  }

  /// The next signal, or nil.
  func next() -> Int32? {
    let number = cprocess_next_interrupt(descriptor)
    return number == 0 ? nil : number
  }
}

/// Signals by name, so that other files need no C.
enum Signals {
  static let terminate = SIGTERM
  static let kill = SIGKILL

  /// Leaves all signals to other threads; a write to a pipe without reader is an error then.
  static func blockAll() { cprocess_block_signals() }

  /// `signal 9 (Killed)`.
  static func name(_ number: Int32) -> String {
    "signal \(number) (\(unsafe String(cString: strsignal(number))))"
  }
}

/// Asks a tool of ours for its options.
public enum ToolProbe {
  /// What the program at `path` prints for `--describe`; nil when it does not understand or takes over five seconds.
  public static func signature(of path: String) -> ToolSignature? {
    guard let pipe = try? Pipes.make(), let nothing = try? Syscalls.openRead("/dev/null"),
      let errors = try? Syscalls.openDevice("/dev/null")
    else { return nil }
    let child = try? ChildProcess(
      path, words: [path, "--describe"], environment: [], descriptors: (nothing, pipe.write, errors),
      kept: nil)
    for descriptor in [nothing, errors, pipe.write] { Syscalls.closeQuietly(descriptor) }
    defer { Syscalls.closeQuietly(pipe.read) }
    guard let child else { return nil }
    var text = ByteBuffer()
    let deadline = Syscalls.monotonicSeconds() + 5
    while text.count < 1 << 20, (try? Syscalls.wait(for: [pipe.read], milliseconds: 5000)) == [true] {
      let before = text.count
      try? text.append(upTo: 1 << 16) { (room) throws(SystemError) -> Int in
        try Syscalls.read(pipe.read, into: &room, path: path)
      }
      if text.count == before { break }
    }
    var end = child.end()
    while end == nil && Syscalls.monotonicSeconds() < deadline {
      _ = try? Syscalls.wait(
        for: child.watch < 0 ? [] : [child.watch], milliseconds: child.watch < 0 ? 5 : 1000)
      end = child.end()
    }
    if child.watch >= 0 { Syscalls.closeQuietly(child.watch) }
    child.signal(SIGKILL)
    guard end == .exited(0), let words = String(validating: text.span.array, as: UTF8.self) else {
      return nil
    }
    return ToolSignature(parsing: words)
  }
}
