import Bytes
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test("nothing shows before commit, all of it after") func whole() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("out")
    try "old".write(toFile: path, atomically: true, encoding: .utf8)
    var file = try AtomicFile(path, bufferSize: 4)
    try file.write("a new version")
    #expect(Self.text(path) == "old")
    #expect(file.written == 13)
    try file.commit()
    #expect(Self.text(path) == "a new version")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
  }

  @Test("a file in shared memory is replaced like any other") func sharedMemory() throws {
    let path = "/dev/shm/tweetmill-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for text in ["first", "second"] {
      var file = try AtomicFile(path)
      try file.write(text)
      try file.commit()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
  }

  @Test("what is dropped leaves nothing behind") func dropped() throws {
    let folder = TemporaryDirectory()
    do {
      var file = try AtomicFile(folder.file("out"))
      try file.write("half")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("a folder that is not there, and a folder in its place, are errors with the path") func cannot() {
    let folder = TemporaryDirectory()
    #expect(throws: SystemError(operation: "create", path: folder.file("no/out"), code: 2)) {
      _ = try AtomicFile(folder.file("no/out"))
    }
    #expect(throws: SystemError(operation: "create", path: folder.path, code: 21)) {
      _ = try AtomicFile(folder.path)
    }
  }

  @Test("a full device is an error at the latest in commit") func full() {
    #expect(throws: SystemError(operation: "write", path: "/dev/full", code: 28)) {
      var file = try AtomicFile("/dev/full")
      try file.write("x")
      try file.commit()
    }
  }

  @Test("what is prepared needs only its name, and without commit leaves nothing") func prepared() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("x")
    try "old".write(toFile: path, atomically: true, encoding: .utf8)
    do {
      var dropped = try AtomicFile(path)
      try dropped.write("dropped")
      try dropped.prepare()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x"])
    var file = try AtomicFile(path)
    try file.write("new")
    try file.prepare()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x"])
  }
}
