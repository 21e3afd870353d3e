// The only file that calls open, read, write, mmap, rename and fsync: EINTR and errno are met once, here.
import Glibc

/// A system call that failed: what was done, to what, and why.
public struct SystemError: Error, Equatable {
  /// The call, such as `write`.
  public var operation: String
  /// The file, or a name such as `standard output`.
  public var path: String
  /// The error number.
  public var code: Int32

  /// An error of your own making.
  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The system's words for `code`.
  public var reason: String { unsafe String(cString: strerror(code)) }
  /// There is no such file.
  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// The file exists, but we may not.
  public var isDenied: Bool { code == EACCES || code == EPERM || code == EROFS }
  /// The reader has left.
  public var isBrokenPipe: Bool { code == EPIPE }
}

/// What a path leads to.
public struct FileStatus: Sendable, Equatable {
  /// Bytes.
  public var size: Int
  /// A folder.
  public var isDirectory: Bool
  /// A file with a size, unlike a pipe or a device.
  public var isRegular: Bool
  /// The inode, which a rename changes.
  public var inode: UInt64
  /// The device that the inode is of.
  public var device: UInt64
  /// The last change of content, in ns since 1970.
  public var modified: Int64
}

/// Thin, checked system calls.
public enum Syscalls {
  @inline(__always)
  private static func retrying<T: FixedWidthInteger>(
    _ operation: String, _ path: String, _ call: () -> T
  ) throws(SystemError) -> T {
    while true {
      let result = call()
      if result != -1 { return result }
      if errno != EINTR { throw SystemError(operation: operation, path: path, code: errno) }
    }
  }

  /// Opens for reading. The corresponding C function is `open`.
  public static func openRead(_ path: String) throws(SystemError) -> Int32 {
    try retrying("open", path) { unsafe open(path, O_RDONLY | O_CLOEXEC) }
  }

  /// Opens a new or emptied file for writing; `exclusive` fails when it exists.
  public static func openWrite(
    _ path: String, exclusive: Bool = false, append: Bool = false, mode: UInt32 = 0o666
  ) throws(SystemError) -> Int32 {
    var flags = O_WRONLY | O_CREAT | O_CLOEXEC
    flags |= exclusive ? O_EXCL : append ? O_APPEND : O_TRUNC
    return try retrying("create", path) { unsafe open(path, flags, mode) }
  }

  /// Opens, and makes if missing, a file that is only locked.
  public static func openLock(_ path: String) throws(SystemError) -> Int32 {
    try retrying("create", path) { unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666) }
  }

  /// Gives descriptors 0, 1 and 2 to nobody where the caller closed them: else the next file opened would take the place
  /// of standard input, output or error, and be read or written as such. Using one of them stays an error (EBADF).
  public static func keepStandardDescriptors() {
    for fd in Int32(0)...2 where fcntl(fd, F_GETFD) == -1 {
      // The lowest free number is taken, which is `fd`.
      _ = unsafe open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Takes the exclusive advisory lock. - Returns: false when another process holds it.
  public static func lock(_ fd: Int32, path: String) throws(SystemError) -> Bool {
    while flock(fd, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw SystemError(operation: "flock", path: path, code: errno) }
    }
    return true
  }

  /// Gives a lock back and closes its descriptor. A close alone would not do where another thread is starting a process:
  /// the child holds the same open file until it has become another program.
  public static func closeLock(_ fd: Int32) {
    _ = flock(fd, LOCK_UN)
    closeQuietly(fd)
  }

  /// Reads up to `room.count` bytes; 0 at the end.
  public static func read(_ fd: Int32, into room: inout MutableSpan<UInt8>, path: String) throws(SystemError)
    -> Int
  {
    try retrying("read", path) {
      unsafe room.withUnsafeMutableBufferPointer { unsafe Glibc.read(fd, $0.baseAddress, $0.count) }
    }
  }

  /// Reads at a place, filling `buffer` as far as the file goes. - Returns: how many bytes.
  public static func readAt(
    _ fd: Int32, _ offset: Int, into buffer: inout MutableSpan<UInt8>, path: String
  ) throws(SystemError) -> Int {
    var done = 0
    while done < buffer.count {
      let n = try retrying("read", path) {
        unsafe buffer.withUnsafeMutableBufferPointer { all in
          guard let base = all.baseAddress else { return 0 }
          return unsafe pread(fd, base + done, all.count - done, offset + done)
        }
      }
      if n == 0 { break }
      done += n
    }
    return done
  }

  /// Waits until `fd` has bytes or its end. - Returns: false when `seconds` passed before. The C function is `poll`.
  public static func waitForInput(_ fd: Int32, seconds: Double, path: String) throws(SystemError) -> Bool {
    var one = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&one, 1, Int32(max(0, min(seconds * 1000, 1e9)).rounded(.up)))
    // A signal counts as time that passed: the caller looks at its clock again.
    if ready < 0 && errno != EINTR { throw SystemError(operation: "poll", path: path, code: errno) }
    return ready > 0
  }

  /// Writes all bytes.
  public static func writeAll(_ fd: Int32, _ bytes: Span<UInt8>, path: String) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let n = try retrying("write", path) {
        unsafe bytes.withUnsafeBufferPointer { all in
          guard let base = all.baseAddress else { return 0 }
          return unsafe Glibc.write(fd, base + done, all.count - done)
        }
      }
      // POSIX allows 0 only for empty writes; never spin on it.
      if n == 0 { throw SystemError(operation: "write", path: path, code: EIO) }
      done += n
    }
  }

  /// Waits until a descriptor can be read or has ended. - Parameter milliseconds: nil waits for ever.
  /// - Returns: for each descriptor whether it can; all false when time was up.
  public static func wait(for descriptors: [Int32], milliseconds: Int?) throws(SystemError) -> [Bool] {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let timeout = Int32(clamping: milliseconds ?? -1)
    let n = unsafe requests.withUnsafeMutableBufferPointer {
      unsafe poll($0.baseAddress, nfds_t($0.count), timeout)
    }
    // A signal is no event of a descriptor.
    if n < 0 && errno != EINTR { throw SystemError(operation: "poll", path: "pipes", code: errno) }
    return requests.map { n > 0 && $0.revents != 0 }
  }

  /// Whether a pipe's write end leads nowhere any more.
  public static func hasNoReader(_ fd: Int32) -> Bool {
    var request = pollfd(fd: fd, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&request, 1, 0) == 1 && request.revents & Int16(POLLERR) != 0
  }

  /// Lets no child inherit `fd`.
  public static func closeOnExec(_ fd: Int32) { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }

  /// Makes `target` lead to where `fd` leads.
  public static func duplicate(_ fd: Int32, onto target: Int32) throws(SystemError) {
    _ = try retrying("dup2", "descriptor \(target)") { dup2(fd, target) }
  }

  /// Opens what exists for writing, without emptying it: a device or a named pipe.
  public static func openDevice(_ path: String) throws(SystemError) -> Int32 {
    try retrying("open", path) { unsafe open(path, O_WRONLY | O_CLOEXEC) }
  }

  /// Makes the file's content durable. Never call it again on a descriptor where it failed.
  public static func sync(_ fd: Int32, path: String) throws(SystemError) {
    _ = try retrying("fsync", path) { fsync(fd) }
  }

  /// Makes a folder's entries durable.
  public static func syncDirectory(_ path: String) throws(SystemError) {
    let fd = try retrying("open", path) { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    do throws(SystemError) {
      try sync(fd, path: path)
    } catch {
      _ = Glibc.close(fd)
      throw error
    }
    try close(fd, path: path)
  }

  /// Closes. On Linux the descriptor is gone even when an error is reported, so EINTR is not retried.
  public static func close(_ fd: Int32, path: String) throws(SystemError) {
    if Glibc.close(fd) != 0 && errno != EINTR {
      throw SystemError(operation: "close", path: path, code: errno)
    }
  }

  /// Closes what was only read, where no error can matter.
  public static func closeQuietly(_ fd: Int32) { _ = Glibc.close(fd) }

  /// Renames over whatever has that name.
  public static func rename(_ from: String, to: String) throws(SystemError) {
    _ = try retrying("rename", to) { unsafe Glibc.rename(from, to) }
  }

  /// Removes a file's name.
  public static func unlink(_ path: String) throws(SystemError) {
    _ = try retrying("unlink", path) { unsafe Glibc.unlink(path) }
  }

  /// Removes an empty folder.
  public static func removeDirectory(_ path: String) throws(SystemError) {
    guard unsafe rmdir(path) == 0 else { throw SystemError(operation: "remove", path: path, code: errno) }
  }

  /// Makes a folder and those above it, durably: a commit in a new folder must not be lost with the folder's name. No
  /// error when it is there.
  public static func makeDirectories(_ path: String) throws(SystemError) {
    if let status = try status(path) {
      if status.isDirectory { return }
      throw SystemError(operation: "mkdir", path: path, code: ENOTDIR)
    }
    let parent = Paths.parent(path)
    if parent != path && parent != "." { try makeDirectories(parent) }
    if unsafe mkdir(path, 0o777) != 0 {
      if errno == EEXIST { return }
      throw SystemError(operation: "mkdir", path: path, code: errno)
    }
    try syncDirectory(parent)
  }

  /// Makes a folder for this user alone, in one that is there. - Returns: false when anything has its name, a link too.
  public static func makeNewDirectory(_ path: String) throws(SystemError) -> Bool {
    if unsafe mkdir(path, 0o700) == 0 { return true }
    if errno == EEXIST { return false }
    throw SystemError(operation: "mkdir", path: path, code: errno)
  }

  /// What is at `path`, links followed; nil when nothing is.
  public static func status(_ path: String) throws(SystemError) -> FileStatus? {
    var raw = stat()
    if unsafe stat(path, &raw) != 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SystemError(operation: "stat", path: path, code: errno)
    }
    return FileStatus(raw)
  }

  /// What an open descriptor leads to.
  public static func status(of fd: Int32, path: String) throws(SystemError) -> FileStatus {
    var raw = stat()
    if unsafe fstat(fd, &raw) != 0 { throw SystemError(operation: "fstat", path: path, code: errno) }
    return FileStatus(raw)
  }

  /// The names in a folder, without `.` and `..`, in byte order.
  public static func list(_ path: String) throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw SystemError(operation: "opendir", path: path, code: errno)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Whether this process may run the file.
  public static func mayExecute(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

  /// Lets a pipe hold 1 MiB instead of 64 KiB, so that its two ends wait for one another less often. What is no pipe, or
  /// may not grow, stays as it is.
  public static func widenPipe(_ fd: Int32) { _ = fcntl(fd, 1031, 1 << 20) }  // F_SETPIPE_SZ

  /// Whether the descriptor is a terminal.
  public static func isTerminal(_ fd: Int32) -> Bool { isatty(fd) == 1 }

  /// This process.
  public static var processID: Int32 { getpid() }

  /// Processors that this process may use.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// A clock for durations, in seconds.
  public static func monotonicSeconds() -> Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  /// The wall clock, in ms since 1970. Never put into an output that must be the same every day.
  public static func wallMilliseconds() -> Int64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  /// The whole environment, `NAME=value`.
  public static func environment() -> [String] {
    var all: [String] = []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      all.append(unsafe String(cString: entry))
      unsafe next += 1
    }
    return all
  }

  /// Where a symbolic link leads; nil when it is none.
  public static func linkTarget(_ path: String) -> String? {
    var room = [UInt8](repeating: 0, count: 4096)
    let n = unsafe room.withUnsafeMutableBytes { room in
      guard let base = room.baseAddress else { return 0 }
      return unsafe readlink(path, base.assumingMemoryBound(to: CChar.self), room.count)
    }
    return n > 0 ? String(decoding: room[..<n], as: UTF8.self) : nil
  }

  /// Whether a process of that number lives.
  public static func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

  /// A variable of the environment.
  public static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}

extension FileStatus {
  fileprivate init(_ raw: stat) {
    size = Int(raw.st_size)
    isDirectory = raw.st_mode & S_IFMT == S_IFDIR
    isRegular = raw.st_mode & S_IFMT == S_IFREG
    inode = UInt64(raw.st_ino)
    device = UInt64(raw.st_dev)
    modified = Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec)
  }
}
