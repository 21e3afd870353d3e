internal import Bytes
internal import CArchive

/// The members of a tar or zip through libarchive, streaming: regular files only, nothing is ever written to disk.
///
/// Only these two formats are enabled, no filters. Concatenated tars are read on.
@safe
final class ArchiveReader {
  /// Where an archive is read from.
  enum Origin {
    /// Any stream: a zip is then read without its central directory.
    case stream(any ByteStream)
    /// A seekable file.
    case file(String)
  }

  private let handle: OpaquePointer
  private let feed: ArchiveFeed?
  private let name: String
  private var inDamage = false
  private var members = 0
  /// Nothing more can be had.
  private(set) var isFinished = false

  /// Opens an archive. - Throws: `ContainerError`.
  init(_ origin: Origin, _ format: ContainerFormat) throws {
    guard let made = unsafe archive_read_new() else { fatalError("no memory for an archive reader") }
    unsafe handle = made
    name = format == .tar ? "tar" : "zip"
    if format == .tar {
      unsafe archive_read_support_format_tar(made)
      unsafe archive_read_set_options(made, "tar:read_concatenated_archives")
    } else {
      unsafe archive_read_support_format_zip(made)
    }
    let status: Int32
    switch origin {
    case .file(let path):
      feed = nil
      status = unsafe archive_read_open_filename(made, path, 1 << 17)
    case .stream(let stream):
      let own = ArchiveFeed(stream)
      feed = own
      // SAFETY: the feed lives as long as `self`, and the handle is freed before it.
      let raw = unsafe Unmanaged.passUnretained(own).toOpaque()
      status = unsafe archive_read_open(
        made, raw, nil,
        { _, client, out in
          guard let client = unsafe client, let out = unsafe out else { return -1 }
          return unsafe Unmanaged<ArchiveFeed>.fromOpaque(client).takeUnretainedValue().next(out)
        }, nil)
    }
    if status != ARCHIVE_OK {
      isFinished = true
      try feed?.check()
      throw error()
    }
  }

  deinit { unsafe _ = archive_read_free(handle) }

  /// The next member's name, or nil at the end.
  /// - Throws: `ContainerError` for a damaged place: unless `isFinished`, ask again for what follows.
  func next() throws -> String? {
    while !isFinished {
      var entry: OpaquePointer?
      let status = unsafe archive_read_next_header(handle, &entry)
      switch status {
      case ARCHIVE_OK, ARCHIVE_WARN:
        inDamage = false
        members += 1
        guard let entry = unsafe entry, unsafe Self.isPlainFile(entry) else { continue }
        return unsafe Self.path(entry) ?? "member \(members)"
      case ARCHIVE_EOF:
        isFinished = true
        try feed?.check()
      case ARCHIVE_RETRY:
        if inDamage { continue }
        inDamage = true
        throw error()
      default:
        isFinished = true
        try feed?.check()
        throw error()
      }
    }
    return nil
  }

  /// Reads on in the current member.
  func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    var status = 0
    buffer.append(upTo: size) { room in
      unsafe room.withUnsafeMutableBufferPointer { target in
        // SAFETY: libarchive writes at most `count` bytes.
        status = unsafe archive_read_data(handle, target.baseAddress, target.count)
        return max(status, 0)
      }
    }
    if status >= 0 { return status }
    if status == Int(ARCHIVE_FATAL) {
      isFinished = true
      try feed?.check()
    }
    throw error()
  }

  private static func isPlainFile(_ entry: OpaquePointer) -> Bool {
    // S_IFREG; a hard link has no content of its own.
    unsafe archive_entry_filetype(entry) & 0o170000 == 0o100000 && archive_entry_hardlink(entry) == nil
  }

  private static func path(_ entry: OpaquePointer) -> String? {
    if let name = unsafe archive_entry_pathname(entry) { return unsafe String(cString: name) }
    if let name = unsafe archive_entry_pathname_utf8(entry) { return unsafe String(cString: name) }
    return nil
  }

  private func error() -> ContainerError {
    var text = "damaged"
    if let message = unsafe archive_error_string(handle) { text = unsafe String(cString: message) }
    let isCut = text.holds("runcated") || text.holds("end-of-file")
    return isCut ? .truncated("\(name): \(text)") : .corrupt("\(name): \(text)")
  }
}

/// What libarchive is fed from. Its buffer stays where it is until libarchive asks again.
@safe
final class ArchiveFeed {
  private let stream: any ByteStream
  private var buffer = ByteBuffer(capacity: 1 << 17)
  private var failure: (any Error)?

  init(_ stream: any ByteStream) { self.stream = stream }

  /// Points `out` at the next bytes. An error counts as the end, and waits for `check`.
  func next(_ out: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    buffer.removeAll()
    if failure != nil { return 0 }
    do {
      _ = try stream.read(into: &buffer, upTo: 1 << 17)
    } catch {
      failure = error
      return 0
    }
    // SAFETY: the buffer does not grow beyond its room, so its bytes stay in place until the next call.
    unsafe Self.point(out, at: buffer)
    return buffer.count
  }

  /// Throws what ended the stream too early.
  func check() throws {
    if let failure { throw failure }
  }

  private static func point(_ out: UnsafeMutablePointer<UnsafeRawPointer?>, at buffer: borrowing ByteBuffer) {
    let bytes = buffer.span
    unsafe bytes.withUnsafeBufferPointer { unsafe out.pointee = UnsafeRawPointer($0.baseAddress) }
  }
}
