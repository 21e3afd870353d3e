public import Bytes

/// The plain members inside any nesting of containers, one behind the other.
///
/// Formats are told by their first bytes. Everything streams: a tar of `.json.bz2` files needs the memory of one block.
public final class InputWalker {
  /// What comes next.
  public enum Step {
    /// A plain stream; read it before asking for the next one (what is left of it is passed over).
    case member(source: String, member: String, stream: PeekStream)
    /// A damaged place in a container; what follows it is still read.
    case damage(source: String, member: String, error: ContainerError)
  }

  private struct Frame {
    var archive: ArchiveReader
    var prefix: String
    var depth: Int
  }

  /// Containers inside containers, at most.
  public static let deepest = 8

  private let layers: Int
  private var paths: ArraySlice<String>
  private var source = ""
  private var frames: [Frame] = []
  private var file: FileStream?
  private var before = 0

  /// Walks files that exist (`InputPaths`); `-` is standard input. What lies under so many layers of compression and archive
  /// is given as it is.
  public init(_ paths: [String], layers: Int = .max) {
    self.paths = paths[...]
    self.layers = layers
  }

  /// Bytes read from the files so far.
  public var bytesRead: Int { before + (file?.position ?? 0) }

  /// The next member or damaged place, or nil at the end. - Throws: `SystemError`.
  public func next() throws -> Step? {
    while true {
      if let frame = frames.last {
        do {
          guard let name = try frame.archive.next() else {
            frames.removeLast()
            continue
          }
          let member = MemberStream(frame.archive)
          if let step = try open(member, frame.prefix + name, frame.depth) { return step }
        } catch let error as ContainerError {
          if frame.archive.isFinished { frames.removeLast() }
          return .damage(source: source, member: Self.trimmed(frame.prefix), error: error)
        }
        continue
      }
      guard let path = paths.popFirst() else { return nil }
      before += file?.position ?? 0
      source = path
      let opened = try FileStream(path)
      file = opened
      do {
        if let step = try open(opened, "", 0) { return step }
      } catch let error as ContainerError {
        return .damage(source: source, member: "", error: error)
      }
    }
  }

  // Unpacks until something plain is found; an archive goes on the stack and nil comes back.
  private func open(_ stream: any ByteStream, _ member: String, _ depth: Int) throws -> Step? {
    var stream = PeekStream(stream)
    var depth = depth
    while true {
      let format = try stream.peek(ContainerFormat.headerSize) { ContainerFormat.detect($0) }
      if format == .plain || depth >= layers {
        return .member(source: source, member: member, stream: stream)
      }
      if depth >= Self.deepest {
        let error = ContainerError.corrupt("containers nested deeper than \(Self.deepest)")
        return .damage(source: source, member: member, error: error)
      }
      depth += 1
      if let decoder = format.decoder {
        stream = PeekStream(FilterStream(stream, decoder))
        continue
      }
      // A zip's own list of members lies at its end; a file that can be sought is read by it.
      let isFile = depth == 1 && member.isEmpty && format == .zip && source != "-"
      let seekable = try isFile && Syscalls.status(source)?.isRegular == true
      let origin: ArchiveReader.Origin = seekable ? .file(source) : .stream(stream)
      let prefix = member.isEmpty ? "" : member + "/"
      do {
        frames.append(Frame(archive: try ArchiveReader(origin, format), prefix: prefix, depth: depth))
      } catch let error as ContainerError {
        return .damage(source: source, member: member, error: error)
      }
      return nil
    }
  }

  private static func trimmed(_ prefix: String) -> String {
    prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
  }
}

/// One member of an archive as a stream.
private final class MemberStream: ByteStream {
  private let archive: ArchiveReader
  init(_ archive: ArchiveReader) { self.archive = archive }
  func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    try archive.read(into: &buffer, upTo: size)
  }
}

/// Single small members of archives, found without reading the others: an account's own data, say.
public enum MemberFinder {
  /// Calls `found` with the path and content of each member of the zip at `path` that `wants` names.
  /// Members over `limit` bytes and damaged ones are passed over.
  public static func scan(
    zip path: String, limit: Int, wants: (String) -> Bool, found: (String, borrowing ByteBuffer) -> Void
  ) {
    guard let archive = try? ArchiveReader(.file(path), .zip) else { return }
    while let name = try? archive.next() {
      guard wants(name) else { continue }
      var content = ByteBuffer(capacity: 1 << 16)
      while content.count <= limit, let count = try? archive.read(into: &content, upTo: 1 << 16), count > 0 {}
      if content.count <= limit { found(name, content) }
    }
  }

  /// Whether the file begins as a zip does.
  public static func isZip(_ path: String) throws -> Bool {
    guard try Syscalls.status(path)?.isRegular == true else { return false }
    return try PeekStream(FileStream(path)).peek(ContainerFormat.headerSize) {
      ContainerFormat.detect($0) == .zip
    }
  }
}
