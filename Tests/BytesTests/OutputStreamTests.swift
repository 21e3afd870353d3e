import Bytes
import Foundation
import TestSupport
import Testing

@Suite struct OutputStreamTests {
  @Test("pieces of every size arrive in order", arguments: [1, 2, 7, 64, 100_000]) func order(bufferSize: Int)
    throws
  {
    let folder = TemporaryDirectory()
    let path = folder.file("out")
    var stream = OutputStream(
      fd: try Syscalls.openWrite(path), path: path, owned: true, bufferSize: bufferSize)
    var expected: [UInt8] = []
    for size in 0..<200 {
      let piece = [UInt8](repeating: UInt8(size), count: size)
      try stream.write(piece.span)
      expected += piece
    }
    #expect(stream.written == expected.count)
    try stream.finish(sync: true)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == expected)
  }

  @Test("a full disk is thrown when it is noticed, at the latest by finish") func full() throws {
    #expect(throws: SystemError(operation: "write", path: "/dev/full", code: 28)) {
      let stream = OutputStream(
        fd: try Syscalls.openWrite("/dev/full", append: true), path: "/dev/full", owned: true)
      try stream.finish()  // nothing to write: no error
      var second = OutputStream(
        fd: try Syscalls.openWrite("/dev/full", append: true), path: "/dev/full", owned: true)
      try second.write("x")
      try second.finish()
    }
    #expect(throws: SystemError(operation: "write", path: "/dev/full", code: 28)) {
      var stream = OutputStream(
        fd: try Syscalls.openWrite("/dev/full", append: true), path: "/dev/full", owned: true, bufferSize: 4)
      try stream.write("longer than the buffer")
    }
  }

  @Test("a closed descriptor is an error, not silence") func closed() {
    #expect(throws: SystemError(operation: "write", path: "gone", code: 9)) {
      var stream = OutputStream(fd: 9_999, path: "gone", owned: false)
      try stream.write("x")
      try stream.finish()
    }
  }
}
