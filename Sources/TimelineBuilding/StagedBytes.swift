internal import Bytes
internal import CommitWriting

/// Bytes of a member whose size is not known before all of them are: in memory while they are few, then in a nameless file.
final class StagedBytes {
  /// Beyond so many bytes they go to the file.
  static let inMemory = 32 << 20
  private var bytes = ByteBuffer()
  private var file: ScratchFile?
  private let folder: String

  /// The file lies in `folder`.
  init(in folder: String) { self.folder = folder }

  func append(_ more: Span<UInt8>) throws(SystemError) {
    bytes.append(more)
    if bytes.count > Self.inMemory { try flush() }
  }

  private func flush() throws(SystemError) {
    if file == nil { file = try ScratchFile(in: folder) }
    var full = ByteBuffer()
    swap(&full, &bytes)
    try file?.write(full.span)
  }

  /// Makes them a member of `archive`; nothing can be appended then.
  func add(to archive: inout SegmentArchiveWriter, _ name: String) throws(SystemError) {
    guard let file else {
      var own = ByteBuffer()
      swap(&own, &bytes)
      return try archive.add(name, own.span)
    }
    try flush()
    try file.seal()
    try archive.add(name, count: file.count) { (offset, size, buffer) throws(SystemError) in
      var taken = 0
      while taken < size {
        let more = try file.read(at: offset + taken, upTo: size - taken, into: &buffer)
        if more == 0 { return }
        taken += more
      }
    }
  }
}
