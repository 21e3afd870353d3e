import Bytes
import Containers
import Glibc

/// What libFuzzer calls for every input. Each target is this file and one other, which defines `fuzz(_:)`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEntry(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: libFuzzer lends `count` bytes until this returns.
  fuzz(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the run: an answer was wrong although nothing trapped.
func require(_ holds: Bool, _ what: @autoclosure () -> String) {
  if !holds { fatalError(what()) }
}

/// A file without a name, for what is mapped or opened by path.
enum FuzzFile {
  private static let fd: CInt = {
    var name = Array("/dev/shm/fuzz-XXXXXX".utf8CString)
    let made = unsafe mkstemp(&name)
    require(made >= 0, "mkstemp")
    unsafe unlink(name)
    return made
  }()
  /// Its path.
  static let path = "/proc/self/fd/\(fd)"

  /// Makes it hold `bytes`.
  static func put(_ bytes: [UInt8]) {
    require(ftruncate(fd, 0) == 0, "ftruncate")
    require(unsafe pwrite(fd, bytes, bytes.count, 0) == bytes.count, "pwrite")
  }

  /// A chunk of lines.
  static func lines(_ bytes: [UInt8]) -> Chunk {
    var buffer = ByteBuffer(capacity: bytes.count)
    buffer.append(bytes.span)
    return Chunk(bytes: buffer, source: "fuzz", member: "", offset: 0, line: 1, layout: .lines)
  }
}
