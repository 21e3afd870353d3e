internal import Bytes
internal import CommitWriting

/// Bytes of a member whose size is not known before all of them are: in memory while they are few, then in a file beside the
/// segment.
final class StagedBytes {
  /// Beyond so many bytes they go to the file.
  static let inMemory = 64 << 20
  private var bytes = ByteBuffer()
  private var file: OutputStream?
  private var hasFile = false
  private let path: String

  /// For the segment at `path`.
  init(beside path: String) {
    self.path = Paths.join(Paths.parent(path), ".timelines.tmp.\(Syscalls.processID)")
  }

  deinit {
    guard hasFile else { return }
    _ = try? Syscalls.unlink(path)
    TemporaryFiles.forget(path)
  }

  func append(_ more: Span<UInt8>) throws(SystemError) {
    bytes.append(more)
    if bytes.count > Self.inMemory { try flush() }
  }

  private func flush() throws(SystemError) {
    if !hasFile {
      TemporaryFiles.remember(path)
      hasFile = true
      file = OutputStream(fd: try Syscalls.openWrite(path), path: path, owned: true)
    }
    try file?.write(bytes.span)
    bytes.removeAll()
  }

  /// Makes them a member of `archive`; nothing can be appended then.
  func add(to archive: inout SegmentArchiveWriter, _ name: String) throws(SystemError) {
    if !hasFile {
      var own = ByteBuffer()
      swap(&own, &bytes)
      return try archive.add(name, own.span)
    }
    try flush()
    try file.take()?.finish()
    let mapped = try MappedBytes(file: path)
    try archive.add(name, mapped.span)
  }
}
