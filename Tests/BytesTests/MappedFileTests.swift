import Bytes
import Foundation
import TestSupport
import Testing

@Suite struct MappedFileTests {
  @Test("a mapped file holds the file's bytes, and its parts are views of it") func bytes() throws {
    let folder = TemporaryDirectory()
    let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(content).write(to: URL(fileURLWithPath: folder.file("f")))
    let mapped = try MappedBytes(file: folder.file("f"))
    #expect(mapped.count == 10_000)
    #expect(mapped.span.array == content)
    let part = try #require(mapped.part(100..<200))
    #expect(part.span.array == Array(content[100..<200]))
    #expect(part.load(0, as: UInt16.self) == UInt16(content[100]) | UInt16(content[101]) << 8)
    #expect(mapped.part(9_990..<10_001) == nil)
    #expect(mapped.part(10_000..<10_000)?.count == 0)
  }

  @Test("an empty file maps to nothing; a missing one and a folder are errors") func odd() throws {
    let folder = TemporaryDirectory()
    try Data().write(to: URL(fileURLWithPath: folder.file("empty")))
    #expect(try MappedBytes(file: folder.file("empty")).count == 0)
    #expect(throws: SystemError(operation: "open", path: folder.file("none"), code: 2)) {
      _ = try MappedBytes(file: folder.file("none"))
    }
    #expect(throws: SystemError(operation: "mmap", path: folder.path, code: 22)) {
      _ = try MappedBytes(file: folder.path)
    }
  }

  @Test("a replaced and a removed file stay readable where they are mapped") func replaced() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("f")
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let mapped = try MappedBytes(file: path)
    try Data("newer".utf8).write(to: URL(fileURLWithPath: folder.file("g")))
    try Syscalls.rename(folder.file("g"), to: path)
    try Syscalls.unlink(path)
    #expect(mapped.span.text == "old")
  }

  @Test("an access outside the bounds ends the process instead of reading on") func outside() async {
    await #expect(processExitsWith: .failure) {
      let mapped = try MappedBytes(file: "/proc/self/exe")
      _ = mapped.load(mapped.count - 7, as: UInt64.self)
    }
  }
}
