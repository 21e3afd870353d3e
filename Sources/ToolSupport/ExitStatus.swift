public import Bytes

/// What a program tells its caller (sysexits.h, and grep's 0 and 1).
public struct ExitStatus: Error, Equatable, Sendable {
  /// The number.
  public let code: Int32

  /// A status of your own.
  public init(_ code: Int32) { self.code = code }

  /// Done.
  public static let done = ExitStatus(0)
  /// The answer is "no": no hit, verification failed.
  public static let no = ExitStatus(1)
  /// Wrong usage, query syntax too.
  public static let usage = ExitStatus(2)
  /// Bad or corrupt data.
  public static let badData = ExitStatus(65)
  /// The input is missing.
  public static let noInput = ExitStatus(66)
  /// A bug of ours.
  public static let bug = ExitStatus(70)
  /// An output cannot be created.
  public static let cannotCreate = ExitStatus(73)
  /// An input or output failed: a full disk, say.
  public static let ioError = ExitStatus(74)
  /// Locked by another run: try later.
  public static let locked = ExitStatus(75)
  /// Bad configuration.
  public static let badConfiguration = ExitStatus(78)
}

/// An error that ends a program, in words for people.
public struct ToolError: Error, Sendable {
  /// The status to exit with.
  public var status: ExitStatus
  /// What happened, where, what was expected and found.
  public var message: String
  /// What to do about it.
  public var hint: String?

  /// An error for people.
  public init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }

  /// A failed system call in our words.
  public init(_ error: SystemError) {
    message = "\(error.path): cannot \(error.operation): \(error.reason)"
    switch error.operation {
    case "open", "read", "opendir", "stat", "mmap":
      status = error.isMissing || error.isDenied ? .noInput : .ioError
      if error.isMissing { message = "\(error.path): no such file or folder" }
    case "create", "mkdir":
      // ENOSPC, EIO, EDQUOT and EFBIG say that the disk failed, not that the name is wrong.
      status = [28, 5, 122, 27].contains(error.code) ? .ioError : .cannotCreate
    default: status = .ioError
    }
    if error.code == 28 { hint = "free some space and run again; nothing was published" }
  }
}
