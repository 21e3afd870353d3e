internal import Bytes
internal import ToolSupport
internal import Trends

/// The file of `--state`: read at first, held by one run at a time, replaced as a whole at the end.
struct StateFile: ~Copyable {
  private let path: String
  private let lockDescriptor: Int32

  /// Takes hold of the state at `path`. - Throws: `ToolError(.locked)`, `SystemError`.
  init(_ path: String) throws {
    if let status = try Syscalls.status(path), !status.isRegular {
      throw ToolError(.cannotCreate, "\(path): expected a file for the state, found something else")
    }
    lockDescriptor = try Self.hold(path)
    self.path = path
  }

  // What runs that were killed have left: the lock says that none is at work.
  private static func sweep(_ path: String) throws {
    let folder = Paths.parent(path)
    for name in try Syscalls.list(folder) where name.hasPrefix(".\(Paths.name(path)).tmp.") {
      try Syscalls.unlink(Paths.join(folder, name))
    }
  }

  // The state itself is replaced, so the lock lies beside it.
  private static func hold(_ path: String) throws -> Int32 {
    let lock = path + ".lock"
    let descriptor = try Syscalls.openLock(lock)
    if try Syscalls.lock(descriptor, path: lock) {
      try sweep(path)
      return descriptor
    }
    Syscalls.closeQuietly(descriptor)
    throw ToolError(.locked, "\(path): another run holds this state", hint: "try again later")
  }

  deinit { Syscalls.closeLock(lockDescriptor) }

  /// An engine that goes on from the state, or a new one where there is none yet.
  func engine(_ settings: TrendSettings) throws -> TrendEngine {
    guard try Syscalls.status(path) != nil else { return TrendEngine(settings) }
    var bytes = ByteBuffer(capacity: 1 << 16)
    var input = try InputStream(path)
    while try input.read(into: &bytes, upTo: 1 << 20) > 0 {}
    do {
      return try TrendStateReader.engine(settings, bytes)
    } catch let error as TrendStateError {
      switch error {
      case .corrupt(let offset, let reason):
        throw ToolError(
          .badData, "corrupt: \(path), offset \(offset): \(reason)",
          hint: "restore it, or remove it and compute the baseline again")
      case .otherVersion(let found):
        throw ToolError(
          .badData, "other-version: \(path): a state of version \(found), expected version 2",
          hint: "use the release that wrote it, or remove it and compute the baseline again")
      case .otherSettings(let found, let expected):
        throw ToolError(
          .badConfiguration, "\(path): the state was made with \(found); this run has \(expected)",
          hint: "use the same options, or another state")
      }
    }
  }

  /// The next state, durable and not yet in its place: only a rename is left to fail behind the gate.
  func next(_ engine: borrowing TrendEngine) throws -> AtomicFile {
    var bytes = ByteBuffer(capacity: 1 << 16)
    engine.writeState(to: &bytes)
    var file = try AtomicFile(path)
    try file.write(bytes.span)
    try file.prepare()
    return file
  }
}
