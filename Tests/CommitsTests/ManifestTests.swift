import CommitTestSupport
import Bytes
import JSON
import TestSupport
import Testing

@testable import Commits
@testable import SearchIndex

@Suite struct ManifestTests {
  static var manifest: Manifest {
    var manifest = Manifest(.index)
    manifest.generation = 12
    manifest.attribute = "tm1\"é"
    manifest.segments = [
      Manifest.Segment(
        name: "seg-0000000001-0.tar", size: 30_000, checksum: .max, documents: 7, dead: 2, deadFile: "d.tar"),
      Manifest.Segment(
        name: "seg-0000000012-0.tar", size: 1, checksum: 0, documents: 0, dead: 0, deadFile: nil),
    ]
    return manifest
  }

  static func decode(_ bytes: [UInt8]) throws -> Manifest? {
    var buffer = ByteBuffer()
    buffer.append(bytes.span)
    return try Manifest.decode(buffer, .index, file: "m")
  }

  static func sealed(_ line: String) -> [UInt8] {
    let body = Array((line + "\n").utf8)
    return body + Array("{\"xxh3\":\"\(String(Checksum.xxh3(body.span), radix: 16))\"}\n".utf8)
  }

  @Test("it comes back") func roundTrip() throws {
    let bytes = Self.manifest.encoded().span.array
    #expect(try Self.decode(bytes) == Self.manifest)
    #expect(try Self.decode(Manifest(.index).encoded().span.array) == Manifest(.index))
  }

  @Test("every flipped bit, every truncation and every added byte is found") func damage() {
    let bytes = Self.manifest.encoded().span.array
    for place in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(bit)
        #expect(refuses { _ = try Self.decode(damaged) }, "byte \(place), bit \(bit)")
      }
      #expect(refuses { _ = try Self.decode(Array(bytes[..<place])) }, "cut at \(place)")
    }
    #expect(refuses { _ = try Self.decode(bytes + [0x0A]) })
    #expect(refuses { _ = try Self.decode(bytes + bytes) })
  }

  @Test("where counts rose it names their file")
  func raised() throws {
    var manifest = Self.manifest
    manifest.segments[1].raised = 5
    manifest.segments[1].raisedFile = "r.tar"
    #expect(manifest.files == ["seg-0000000001-0.tar", "d.tar", "seg-0000000012-0.tar", "r.tar"])
    let text = manifest.encoded().span.text
    #expect(text.contains(#""dead":0,"raised":5,"raised_file":"r.tar"}"#))
    #expect(try Self.decode(manifest.encoded().span.array) == manifest)
  }

  @Test("another version is named as too new or too old") func versions() throws {
    let text = Self.manifest.encoded().span.text
    let line = String(text.split(separator: "\n")[0])
    let now = "\"format\":\(SegmentFormat.version)"
    let next = SegmentFormat.version + 1
    #expect(throws: SegmentError.tooNew(file: "m", found: next, supported: SegmentFormat.version)) {
      _ = try Self.decode(Self.sealed(line.replacing(now, with: "\"format\":\(next)")))
    }
    #expect(throws: SegmentError.tooOld(file: "m", found: 0, supported: SegmentFormat.oldestVersion)) {
      _ = try Self.decode(Self.sealed(line.replacing(now, with: "\"format\":0")))
    }
    #expect(SegmentError.tooNew(file: "m", found: 9, supported: 1).message.hasPrefix("too-new: m "))
    #expect(SegmentError.tooOld(file: "m", found: 0, supported: 1).message.hasPrefix("too-old: m "))
  }

  @Test(
    "that of another kind of store is told apart, whatever its version; types that are no text are damage")
  func kinds() throws {
    var other = Manifest(.shelf)
    other.attribute = "wide"
    let text = other.encoded().span.text
    #expect(
      text.hasPrefix(#"{"type":"shelf-manifest","format":3,"generation":0,"wood":"wide","segments":[]}"#))
    var buffer = ByteBuffer()
    buffer.append(string: text)
    #expect(try Manifest.decode(buffer, .shelf, file: "m") == other)
    #expect(try Manifest.decode(buffer, .index, file: "m") == nil)
    #expect(
      refuses { _ = try Self.decode(Self.sealed(#"{"type":5,"format":1,"generation":1,"segments":[]}"#)) })
  }

  @Test(
    "what is sealed but no manifest is refused",
    arguments: [
      "", "{}", "[]", "5", "{\"type\":\"manifest\"}",
      #"{"type":"manifest","format":"1","generation":1,"segments":[]}"#,
      #"{"type":"manifest","format":1,"generation":-1,"segments":[]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[{}]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[5]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[{"name":"../../etc/passwd","size":1,"checksum":"0","documents":1,"dead":0}]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[{"name":"a","size":1,"checksum":"0","documents":1,"dead":0,"dead_file":"../x"}]}"#,
      #"{"type":"manifest","format":3,"generation":1,"segments":[{"name":"a","size":1,"checksum":"0","documents":1,"dead":0,"raised":1,"raised_file":"../x"}]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[{"name":"","size":1,"checksum":"0","documents":1,"dead":0}]}"#,
      #"{"type":"manifest","format":1,"generation":1,"segments":[{"name":"a","size":1,"checksum":"xyz","documents":1,"dead":0}]}"#,
    ]) func strange(line: String)
  {
    #expect(refuses { _ = try Self.decode(Self.sealed(line)) })
  }
}
