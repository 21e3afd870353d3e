internal import Bytes
package import Commits

/// One commit of a store in one file: a pax tar, compressed by zstd, with the manifest and then all its files.
package enum CommitArchive {
  /// The member's name of a file of a commit.
  package static func member(_ name: String) -> String { "segments/" + name }

  /// Writes the newest commit to `path`. Equal commits give equal bytes. - Returns: its number and the bytes written.
  ///
  /// - Throws: `CommitError.notAStore`, `SegmentError`, `SystemError`.
  package static func write(_ folder: CommitFolder, to path: String) throws -> (generation: Int, bytes: Int) {
    // All files are mapped before the first is read: whoever collects garbage meanwhile takes nothing away.
    let (manifest, files) = try folder.openNewest { manifest in
      (manifest, try manifest.files.map { ($0, try MappedBytes(file: folder.segment($0))) })
    }
    var tar = try TarWriter(path, isCompressed: true)
    let first = manifest.encoded()
    try tar.add(Manifest.name(manifest.generation), first.span)
    for (name, bytes) in files { try tar.add(member(name), bytes.span) }
    return (manifest.generation, try tar.commit())
  }
}
