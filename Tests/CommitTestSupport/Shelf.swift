internal import Bytes
internal import CommitWriting
package import Commits

extension StoreKind {
  /// A store of tests: not the index, and of a later format.
  package static let shelf = StoreKind(
    manifestType: "shelf-manifest", attribute: "wood", version: 3, oldestVersion: 2, noun: "a shelf",
    builder: (command: "carpenter -s", input: "--wood FILE"))
}

/// A store of tests whose segments hold the members `header` and `books`.
package enum Shelf {
  /// Writes a segment of `content`. - Returns: what a manifest says of it.
  package static func segment(_ folder: CommitFolder, _ name: String, _ content: [UInt8]) throws
    -> Manifest.Segment
  {
    var archive = try SegmentArchiveWriter(folder.segment(name))
    try archive.add("header", [UInt8]("shelf".utf8).span)
    try archive.add("books", content.span)
    let made = try archive.commit()
    return Manifest.Segment(name: name, size: made.size, checksum: made.checksum, documents: content.count)
  }

  /// Opens it.
  package static func open(_ folder: CommitFolder, _ entry: Manifest.Segment) throws -> SegmentArchive {
    try SegmentArchive(
      MappedArchive(folder.segment(entry.name), expected: entry), members: ["header", "books"])
  }

  /// Publishes a commit of one segment.
  package static func commit(_ folder: CommitFolder, _ generation: Int, _ content: [UInt8]) throws {
    var manifest = Manifest(folder.kind)
    manifest.generation = generation
    manifest.segments = [try segment(folder, "\(generation).tar", content)]
    try folder.publish(manifest)
  }
}
