package import Bytes

/// The layout of an index folder:
///
///     CURRENT                    the name of the newest manifest, replaced by rename
///     manifest-NNNNNNNNNN.json   one per commit that is kept
///     segments/*.tar             immutable
///     lock                       flock of the one writer
package struct IndexFolder: Sendable {
  /// The folder.
  package let path: String

  package init(_ path: String) { self.path = path }

  var current: String { Paths.join(path, "CURRENT") }
  package var segments: String { Paths.join(path, "segments") }
  package var lock: String { Paths.join(path, "lock") }

  func manifest(_ generation: Int) -> String { Paths.join(path, Manifest.name(generation)) }
  package func segment(_ name: String) -> String { Paths.join(segments, name) }

  /// Makes the folder when there is none. - Throws: `IndexError.notAnIndex` when it holds other things.
  package func prepare() throws {
    if let status = try Syscalls.status(path) {
      guard status.isDirectory else { throw IndexError.notAnIndex(path) }
      let known: Set<String> = ["CURRENT", "lock", "segments", "audit.ndjson"]
      for name in try Syscalls.list(path) where !known.contains(name) && Self.generation(name) == nil {
        if !name.hasPrefix(".") { throw IndexError.notAnIndex(path) }
      }
    }
    try Syscalls.makeDirectories(segments)
  }

  /// The newest commit; nil when there is none. - Throws: `SystemError`, `SegmentError`.
  package func newest() throws -> Manifest? {
    guard try Syscalls.status(current) != nil else { return nil }
    let pointer = try Self.read(current, limit: 4096)
    let name = pointer.span.text
    guard name.hasSuffix("\n"), let number = Self.generation(String(name.dropLast())) else {
      throw SegmentError.corrupt(
        file: current, member: "", offset: 0, reason: "expected the name of a manifest")
    }
    let file = manifest(number)
    let manifest = try Manifest.decode(try Self.read(file, limit: 1 << 28), file: file)
    guard manifest.generation == number else {
      throw SegmentError.corrupt(
        file: file, member: "", offset: 0, reason: "holds commit \(manifest.generation), expected \(number)")
    }
    return manifest
  }

  /// The number in a manifest's name, or nil.
  package static func generation(_ name: String) -> Int? {
    guard name.hasPrefix("manifest-"), name.hasSuffix(".json") else { return nil }
    let digits = name.dropFirst(9).dropLast(5)
    guard digits.count == 10, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return Int(digits)
  }

  /// A small file, whole.
  package static func read(_ path: String, limit: Int) throws(SystemError) -> ByteBuffer {
    var input = try InputStream(path)
    var bytes = ByteBuffer(capacity: 4096)
    while bytes.count <= limit {
      if try input.read(into: &bytes, upTo: 1 << 16) == 0 { return bytes }
    }
    throw SystemError(operation: "read", path: path, code: 27)
  }

  /// Makes `manifest` the newest commit: manifest, then pointer, each durable before the next step.
  package func publish(_ manifest: Manifest) throws(SystemError) {
    var file = try AtomicFile(self.manifest(manifest.generation))
    let bytes = manifest.encoded()
    try file.write(bytes.span)
    try file.commit()
    var pointer = try AtomicFile(current)
    try pointer.write(Manifest.name(manifest.generation) + "\n")
    try pointer.commit()
  }
}
