package import Bytes
internal import JSON

/// One commit: which segments make the store, and what each must be.
///
/// On disk `manifest-NNNNNNNNNN.json`: one line of JSON, then one line with the XXH3 of the first.
package struct Manifest: Sendable, Equatable {
  /// A segment of the commit.
  package struct Segment: Sendable, Equatable {
    /// The file's name in `segments/`.
    package var name: String
    /// Bytes.
    package var size: Int
    /// The last eight bytes of its member `checksums`.
    package var checksum: UInt64
    /// Records in it.
    package var documents: Int
    /// Records of it that are replaced or deleted.
    package var dead: Int
    /// The file in `segments/` that lists them; nil when there are none.
    package var deadFile: String?
    /// Records whose counts rose after the segment was written.
    package var raised: Int
    /// The file in `segments/` that holds those counts; nil when none rose.
    package var raisedFile: String?

    /// The names in `segments/` that it needs.
    package var files: [String] { [name] + [deadFile, raisedFile].compactMap { $0 } }

    /// A segment.
    package init(
      name: String, size: Int, checksum: UInt64, documents: Int, dead: Int = 0, deadFile: String? = nil,
      raised: Int = 0, raisedFile: String? = nil
    ) {
      self.name = name
      self.size = size
      self.checksum = checksum
      self.documents = documents
      self.dead = dead
      self.deadFile = deadFile
      self.raised = raised
      self.raisedFile = raisedFile
    }
  }

  /// What it is a commit of.
  package let kind: StoreKind
  /// The commit's number, from 1; 0 is the empty store before the first.
  package var generation = 0
  /// How all segments were made (an index: its analyzer's id), under the kind's own name; empty while nothing was added.
  package var attribute = ""
  /// The segments, in the order in which they were made.
  package var segments: [Segment] = []

  /// The empty store.
  package init(_ kind: StoreKind) { self.kind = kind }

  /// The names in `segments/` that the commit needs.
  package var files: [String] { segments.flatMap(\.files) }

  /// The file name of a generation.
  package static func name(_ generation: Int) -> String { "manifest-" + padded(generation) + ".json" }

  /// Ten digits.
  package static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }

  /// The file's bytes.
  package func encoded() -> ByteBuffer {
    var out = ByteBuffer()
    out.append("{\"type\":\"")
    out.append(kind.manifestType)
    out.append("\",\"format\":")
    out.append(decimal: UInt64(kind.version))
    out.append(",\"generation\":")
    out.append(decimal: UInt64(generation))
    out.append(",\"")
    out.append(kind.attribute)
    out.append("\":")
    Self.append(attribute, &out)
    out.append(",\"segments\":[")
    for (place, segment) in segments.enumerated() {
      out.append(place == 0 ? "{\"name\":" : ",{\"name\":")
      Self.append(segment.name, &out)
      out.append(",\"size\":")
      out.append(decimal: UInt64(segment.size))
      out.append(",\"checksum\":")
      Self.append(String(segment.checksum, radix: 16), &out)
      out.append(",\"documents\":")
      out.append(decimal: UInt64(segment.documents))
      out.append(",\"dead\":")
      out.append(decimal: UInt64(segment.dead))
      if let file = segment.deadFile {
        out.append(",\"dead_file\":")
        Self.append(file, &out)
      }
      if let file = segment.raisedFile {
        out.append(",\"raised\":")
        out.append(decimal: UInt64(segment.raised))
        out.append(",\"raised_file\":")
        Self.append(file, &out)
      }
      out.append("}")
    }
    out.append("]}\n")
    let sum = Checksum.xxh3(out.span)
    out.append("{\"xxh3\":\"")
    out.append(string: String(sum, radix: 16))
    out.append("\"}\n")
    return out
  }

  private static func append(_ text: String, _ out: inout ByteBuffer) {
    var copy = ByteBuffer()
    copy.append(string: text)
    out.append(jsonString: copy.span)
  }

  private enum Key {
    static func table(_ attribute: StaticString) -> KeyTable {
      KeyTable([
        "type", "format", "generation", attribute, "segments", "name", "size", "checksum", "documents",
        "dead", "dead_file", "raised", "raised_file", "xxh3",
      ])
    }
    static let type = 0, format = 1, generation = 2, attribute = 3, segments = 4, name = 5, size = 6,
      checksum = 7
    static let documents = 8, dead = 9, deadFile = 10, raised = 11, raisedFile = 12, sum = 13
  }

  /// Reads a manifest; nil when it is whole and that of another kind of store.
  ///
  /// - Throws: `.corrupt` when a byte is not as it was written, `.tooNew`, `.tooOld`.
  package static func decode(_ bytes: borrowing ByteBuffer, _ kind: StoreKind, file: String)
    throws(SegmentError) -> Manifest?
  {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: "", offset: offset, reason: reason)
    }
    guard let newline = bytes.span.firstIndex(of: 0x0A) else { throw corrupt(0, "a manifest without an end") }
    let body = newline + 1
    let sum = Checksum.xxh3(bytes.span.extracting(0..<body))
    var tail = ByteBuffer()
    tail.append("{\"xxh3\":\"")
    tail.append(string: String(sum, radix: 16))
    tail.append("\"}\n")
    guard bytes.span.extracting(body..<bytes.count).equals(tail.span) else {
      throw corrupt(body, "the manifest's checksum does not match")
    }
    var parser = JSONParser()
    do throws(JSONError) { try parser.parse(bytes, 0..<newline) } catch {
      throw corrupt(0, "a manifest that is no JSON")
    }
    let table = Key.table(kind.attribute)
    let fields = JSONFields(parser.root, table)
    let strange = "not a manifest of Tweetmill"
    guard let type = fields[Key.type], type.kind == .string else { throw corrupt(0, strange) }
    guard type.string.equals(kind.manifestType) else { return nil }
    guard let format = fields[Key.format]?.unsigned,
      let generation = fields[Key.generation]?.unsigned, let segments = fields[Key.segments]
    else { throw corrupt(0, strange) }
    try SegmentEnvelope.check(UInt32(clamping: format), kind.versions, file: file)
    var manifest = Manifest(kind)
    manifest.generation = Int(clamping: generation)
    manifest.attribute = fields[Key.attribute]?.string.text ?? ""
    var cursor = segments.cursor
    while let element = cursor.next() {
      let entry = JSONFields(element, table)
      guard let name = entry[Key.name]?.string.text, !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")),
        let size = entry[Key.size]?.unsigned,
        let checksum = UInt64(entry[Key.checksum]?.string.text ?? "", radix: 16),
        let documents = entry[Key.documents]?.unsigned, let dead = entry[Key.dead]?.unsigned,
        let files = names(entry[Key.deadFile], entry[Key.raisedFile])
      else { throw corrupt(0, "a segment of the manifest lacks a field") }
      manifest.segments.append(
        Segment(
          name: name, size: Int(clamping: size), checksum: checksum, documents: Int(clamping: documents),
          dead: Int(clamping: dead), deadFile: files.dead,
          raised: Int(clamping: entry[Key.raised]?.unsigned ?? 0), raisedFile: files.raised))
    }
    return manifest
  }

  // The names of the files beside a segment; nil where one is not a plain name.
  private static func names(_ dead: JSONValue?, _ raised: JSONValue?) -> (dead: String?, raised: String?)? {
    let found = (dead: dead?.string.text, raised: raised?.string.text)
    for name in [found.dead, found.raised] where name?.utf8.contains(UInt8(ascii: "/")) ?? false {
      return nil
    }
    return found
  }
}
