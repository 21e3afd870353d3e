import Bytes
import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct GarbageCollectorTests {
  static func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  static func age(_ path: String, hours: Double) throws {
    for name in try names(path) where name.hasPrefix("manifest-") {
      try FileManager.default.setAttributes(
        [.modificationDate: Date().addingTimeInterval(-3600 * hours)], ofItemAtPath: path + "/" + name)
    }
  }

  @Test("three commits stay whatever their age, younger ones too, files that none needs go") func kept()
    throws
  {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    for round in 0..<6 { try IndexLab.build(path, [IndexLab.tweet(1000, "round \(round)")], merge: true) }
    #expect(try Self.names(path).filter { $0.hasPrefix("manifest-") }.count == 6)
    try Self.age(path, hours: 2)
    try IndexLab.write([1], to: path + "/segments/seg-0000000099-0.tar")
    try IndexLab.write([1], to: path + "/manifest-0000000099.json")
    let writer = try IndexWriter(path, threads: 1)
    let planned = try writer.collectGarbage(isDry: true)
    #expect(try Self.names(path).filter { $0.hasPrefix("manifest-") }.count == 7)
    #expect(try writer.collectGarbage(isDry: false) == planned)
    #expect(
      try Self.names(path).filter { $0.hasPrefix("manifest-") } == [
        "manifest-0000000004.json", "manifest-0000000005.json", "manifest-0000000006.json",
      ])
    let needed = try IndexLab.segmentFiles(path).map { Paths.name($0) }
    let left = try Self.names(path + "/segments")
    #expect(needed.allSatisfy { left.contains($0) } && left.count == 3)
    #expect(!left.contains("seg-0000000099-0.tar"))
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("temporary files of a writer that died are swept by the next, other hidden files are not")
  func temporaries() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, [IndexLab.tweet(1000, "x")])
    try IndexLab.write([1], to: path + "/.CURRENT.tmp.123")
    try IndexLab.write([1], to: path + "/segments/.seg-0000000002-0.tar.tmp.123")
    try IndexLab.write([1], to: path + "/.hidden")
    try IndexLab.build(path, [])
    #expect(try Self.names(path).filter { $0.hasPrefix(".") } == [".hidden"])
    #expect(try Self.names(path + "/segments").count == 1)
  }
}
