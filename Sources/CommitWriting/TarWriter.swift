internal import Bytes
internal import CArchive

/// Writes a pax tar of plain members through libarchive, into a file that appears whole or not at all.
///
/// Members stand in the order given, with mtime, uid and gid 0 and mode 0444, so that equal members make equal files.
@safe
struct TarWriter: ~Copyable {
  /// Takes what libarchive writes; a failure is kept for the caller, since a C callback cannot throw.
  private final class Sink {
    var file: AtomicFile?
    var failure: SystemError?
    init(_ path: String) throws(SystemError) { file = try AtomicFile(path, bufferSize: 1 << 20) }

    func write(_ bytes: Span<UInt8>) -> Bool {
      guard failure == nil, file != nil else { return false }
      do throws(SystemError) {
        try file?.write(bytes)
        return true
      } catch {
        failure = error
        return false
      }
    }
  }

  private let archive: OpaquePointer
  private let sink: Sink
  private let path: String

  /// Starts the file at `path`, compressed by zstd where `isCompressed`. - Throws: `SystemError`.
  init(_ path: String, isCompressed: Bool = false) throws(SystemError) {
    sink = try Sink(path)
    self.path = path
    guard let made = unsafe archive_write_new() else { fatalError("no memory for an archive writer") }
    unsafe archive = made
    unsafe archive_write_set_format_pax_restricted(made)
    if isCompressed { unsafe archive_write_add_filter_zstd(made) }
    unsafe archive_write_set_bytes_per_block(made, 0)
    unsafe archive_write_set_bytes_in_last_block(made, 1)
    // Opening writes nothing yet; a failure would come back from the first header.
    unsafe archive_write_open(
      made, Unmanaged.passUnretained(sink).toOpaque(), nil,
      { _, context, bytes, count in
        guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
        // SAFETY: the context is the sink, which outlives the archive; libarchive lends `count` bytes.
        let sink = unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        let span = unsafe Span<UInt8>(
          _unsafeStart: bytes.assumingMemoryBound(to: UInt8.self), count: count)
        return sink.write(span) ? count : -1
      }, nil)
  }

  deinit { unsafe archive_write_free(archive) }

  /// Adds a member.
  mutating func add(_ name: String, _ bytes: Span<UInt8>) throws(SystemError) {
    try begin(name, size: bytes.count)
    try write(bytes)
    try end()
  }

  /// Begins a member of `size` bytes, which come by `write`.
  mutating func begin(_ name: String, size: Int) throws(SystemError) {
    guard let entry = unsafe archive_entry_new() else { fatalError("no memory for an archive entry") }
    defer { unsafe archive_entry_free(entry) }
    unsafe archive_entry_set_pathname(entry, name)
    unsafe archive_entry_set_size(entry, Int64(size))
    unsafe archive_entry_set_filetype(entry, 0o100000)
    unsafe archive_entry_set_perm(entry, 0o444)
    unsafe archive_entry_set_mtime(entry, 0, 0)
    unsafe archive_entry_set_uid(entry, 0)
    unsafe archive_entry_set_gid(entry, 0)
    try check(unsafe archive_write_header(archive, entry))
  }

  /// Adds bytes of the member that was begun.
  mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    if bytes.isEmpty { return }
    let written = unsafe bytes.withUnsafeBufferPointer {
      unsafe archive_write_data(archive, $0.baseAddress, $0.count)
    }
    // A short count comes without an error code.
    if written != bytes.count { try check(ARCHIVE_FATAL) }
  }

  /// Ends the member that was begun.
  mutating func end() throws(SystemError) {
    try check(unsafe archive_write_finish_entry(archive))
  }

  private func check(_ status: Int32) throws(SystemError) {
    if status == ARCHIVE_OK { return }
    throw sink.failure ?? SystemError(operation: "write", path: path, code: 5)
  }

  /// Ends the archive and makes it durable and visible. - Returns: its bytes.
  consuming func commit() throws(SystemError) -> Int {
    // ENOSPC on a small archive shows here only.
    try check(unsafe archive_write_close(archive))
    guard let file = sink.file.take() else { throw SystemError(operation: "write", path: path, code: 5) }
    let size = file.written
    try file.commit()
    return size
  }
}
