internal import Bytes
internal import Containers

/// Whose account archives the inputs are: owners by the folder that their file lies in.
struct ArchiveOwners {
  private var known: [(folder: String, root: String, owner: ArchiveOwner)] = []

  /// Reads the owner files among `files` and inside the zips among them.
  mutating func look(into files: [String]) throws {
    for file in files where file != "-" {
      if ArchiveOwnerReader.isOwnerFile(file) {
        let stream = PeekStream(try FileStream(file))
        try add(stream, file)
      } else if try MemberFinder.isZip(file) {
        var found: [(String, ArchiveOwner)] = []
        MemberFinder.scan(
          zip: file, limit: ArchiveOwnerReader.longest, wants: { ArchiveOwnerReader.isOwnerFile($0) },
          found: { name, content in
            if let owner = ArchiveOwnerReader.read(content) { found.append((name, owner)) }
          })
        for (name, owner) in found { remember(owner, file + "/" + name) }
      }
    }
  }

  /// Reads the owner that `stream`, the file `path`, tells.
  mutating func add(_ stream: PeekStream, _ path: String) throws {
    var content = ByteBuffer(capacity: 1 << 16)
    do {
      while content.count <= ArchiveOwnerReader.longest {
        if try stream.read(into: &content, upTo: 1 << 16) == 0 { break }
      }
    } catch is ContainerError {
      // A damaged file of a damaged archive: its tweets have no owner then.
    }
    if let owner = ArchiveOwnerReader.read(content) { remember(owner, path) }
  }

  private mutating func remember(_ owner: ArchiveOwner, _ path: String) {
    let folder = Paths.parent(path)
    // The archive's top: above `data` (today's) or `data/js` (until 2019).
    var root = folder
    if Paths.name(root) == "js" { root = Paths.parent(root) }
    if Paths.name(root) == "data" { root = Paths.parent(root) }
    known.removeAll { $0.folder == folder }
    known.append((folder, root, owner))
  }

  /// The owner whose file lies nearest above `path`.
  func owner(of path: String) -> ArchiveOwner? {
    known.filter { path.hasPrefix($0.folder + "/") }.max { $0.folder.utf8.count < $1.folder.utf8.count }?
      .owner
  }

  /// Whether `path` lies in an archive whose owner is known.
  func isInArchive(_ path: String) -> Bool {
    known.contains { $0.root != "." && path.hasPrefix($0.root + "/") }
  }
}
