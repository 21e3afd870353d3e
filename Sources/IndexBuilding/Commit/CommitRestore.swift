internal import Bytes
internal import CommitWriting
internal import Commits
internal import Containers
internal import SearchIndex

/// Why an archived commit cannot be restored.
public enum RestoreError: Error, Equatable {
  /// The folder holds a commit already.
  case notEmpty(String)
  /// The archive is damaged or of another kind: the file and what is wrong.
  case corrupt(String, String)
}

/// Brings an archived commit of an index back.
public enum CommitRestore {
  /// Reads the archive at `path` (`-`: standard input) into the new index `folder`. All is checked before the commit shows;
  /// `permit` is the last that may throw.
  ///
  /// - Returns: the commit's number. - Throws: `RestoreError`, `CommitError`, `SegmentError`, `SystemError`.
  public static func restore(_ path: String, to folder: String, permit: () throws -> Void = {}) throws -> Int
  {
    let folder = CommitFolder(folder, .index)
    let lock = try StoreLock(folder)
    defer { withExtendedLifetime(lock) {} }
    if try folder.newest() != nil { throw RestoreError.notEmpty(folder.path) }
    do {
      let manifest = try read(InputWalker([path], layers: 2), path, folder)
      try permit()
      try folder.publish(manifest)
      return manifest.generation
    } catch let error as ContainerError {
      throw RestoreError.corrupt(path, error.words)
    }
  }

  private static func read(_ walker: InputWalker, _ path: String, _ folder: CommitFolder) throws -> Manifest {
    var manifest: Manifest?
    var missing: Set<String> = []
    while let step = try walker.next() {
      switch step {
      case .damage(_, _, let error): throw RestoreError.corrupt(path, error.words)
      case .member(_, let member, let stream):
        if manifest == nil {
          guard let generation = CommitFolder.generation(member) else {
            throw RestoreError.corrupt(
              path,
              member.isEmpty ? "is no archive of a commit" : "begins with \"\(member)\", expected a manifest")
          }
          var bytes = ByteBuffer()
          while bytes.count < 1 << 28, try stream.read(into: &bytes, upTo: 1 << 16) > 0 {}
          let found = try Manifest.decode(bytes, .index, file: member)
          guard let found, found.generation == generation else {
            throw RestoreError.corrupt(path, "the manifest of another store")
          }
          manifest = found
          missing = Set(found.files)
          continue
        }
        guard let name = missing.first(where: { CommitArchive.member($0) == member }) else {
          throw RestoreError.corrupt(path, "\"\(member)\" is no file of the commit, or comes twice")
        }
        missing.remove(name)
        var file = try AtomicFile(folder.segment(name))
        var bytes = ByteBuffer(capacity: 1 << 20)
        while try stream.read(into: &bytes, upTo: 1 << 20) > 0 {
          try file.write(bytes.span)
          bytes.removeAll()
        }
        try file.commit()
      }
    }
    guard let manifest else { throw RestoreError.corrupt(path, "holds no manifest") }
    if let name = missing.sorted().first {
      throw RestoreError.corrupt(path, "lacks \(CommitArchive.member(name))")
    }
    for entry in manifest.segments { try LiveSegment(entry, folder).segment.checkAll() }
    return manifest
  }
}
