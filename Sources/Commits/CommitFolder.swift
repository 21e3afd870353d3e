package import Bytes

/// The folder of a store, an index or another kind:
///
///     CURRENT                    the name of the newest manifest, replaced by rename
///     manifest-NNNNNNNNNN.json   one per commit that is kept
///     segments/*.tar             immutable
///     lock                       flock of the one writer
package struct CommitFolder: Sendable {
  /// The folder.
  package let path: String
  /// What it holds.
  package let kind: StoreKind

  package init(_ path: String, _ kind: StoreKind) {
    self.path = path
    self.kind = kind
  }

  private var notThis: CommitError { .notAStore(path, kind) }

  var current: String { Paths.join(path, "CURRENT") }
  package var segments: String { Paths.join(path, "segments") }
  package var lock: String { Paths.join(path, "lock") }

  func manifest(_ generation: Int) -> String { Paths.join(path, Manifest.name(generation)) }
  package func segment(_ name: String) -> String { Paths.join(segments, name) }

  /// Makes the folder when there is none. - Throws: `CommitError.notAStore` when it holds other things.
  package func prepare() throws {
    if let status = try Syscalls.status(path) {
      guard status.isDirectory else { throw notThis }
      let known: Set<String> = ["CURRENT", "lock", "segments", "audit.ndjson"]
      for name in try Syscalls.list(path) where !known.contains(name) && Self.generation(name) == nil {
        if !name.hasPrefix(".") { throw notThis }
      }
    }
    try Syscalls.makeDirectories(segments)
  }

  /// The newest commit; nil when there is none.
  ///
  /// - Throws: `CommitError.notAStore` when the folder is a store of another kind, `SystemError`, `SegmentError`.
  package func newest() throws -> Manifest? {
    guard try Syscalls.status(current) != nil else { return nil }
    let pointer = try Self.read(current, limit: 4096)
    let name = pointer.span.text
    guard name.hasSuffix("\n"), let number = Self.generation(String(name.dropLast())) else {
      throw SegmentError.corrupt(
        file: current, member: "", offset: 0, reason: "expected the name of a manifest")
    }
    let file = manifest(number)
    guard let manifest = try manifest(at: file) else { throw notThis }
    guard manifest.generation == number else {
      throw SegmentError.corrupt(
        file: file, member: "", offset: 0, reason: "holds commit \(manifest.generation), expected \(number)")
    }
    return manifest
  }

  /// The manifest in a file; nil when it is of another kind of store.
  package func manifest(at file: String) throws -> Manifest? {
    try Manifest.decode(try Self.read(file, limit: 1 << 28), kind, file: file)
  }

  /// Opens the newest commit by `open`, whole.
  ///
  /// A commit whose files go while they are opened (a writer has published and collected) is read again, as long as the
  /// commit's number rises. - Throws: `CommitError.notAStore`, `SegmentError`, `SystemError`, and what `open` throws.
  package func openNewest<T>(_ open: (Manifest) throws -> T) throws -> T {
    guard let status = try Syscalls.status(path) else {
      throw SystemError(operation: "open", path: path, code: 2)
    }
    guard status.isDirectory else { throw notThis }
    var tried = -1
    while true {
      guard let manifest = try newest() else { throw notThis }
      do { return try open(manifest) } catch let error as SystemError
        where error.isMissing && manifest.generation > tried
      {
        tried = manifest.generation
      } catch let error as SystemError where error.isMissing {
        throw SegmentError.corrupt(
          file: error.path, member: "", offset: 0,
          reason: "the commit names this segment, and it is not there")
      }
    }
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
