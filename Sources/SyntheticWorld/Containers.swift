// The only file of this module that calls libarchive and libzstd.
internal import Bytes
internal import CArchive
internal import CZstd

/// What a container could not do, in its library's words.
public struct ContainerError: Error, Sendable {
  /// The library's message.
  public var message: String
}

/// Small archives made in memory, the same bytes on every day: no times, no owners.
enum Container {
  enum Format { case zip, tar, gzip, bzip2 }

  /// All members in one container; gzip and bzip2 take one member, whose name is not kept.
  static func pack(_ members: [(name: String, bytes: [UInt8])], as format: Format) throws -> [UInt8] {
    let room = members.reduce(1 << 16) { $0 + $1.bytes.count + 2048 }
    var out = [UInt8](repeating: 0, count: room)
    var used = 0
    guard let archive = unsafe archive_write_new() else { throw ContainerError(message: "no memory") }
    defer { unsafe _ = archive_write_free(archive) }
    func check(_ status: Int32) throws {
      if status == ARCHIVE_OK { return }
      throw ContainerError(
        message: unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? "?")
    }
    switch format {
    case .zip: try check(unsafe archive_write_set_format_zip(archive))
    case .tar: try check(unsafe archive_write_set_format_ustar(archive))
    case .gzip, .bzip2: try check(unsafe archive_write_set_format_raw(archive))
    }
    if format == .bzip2 { try check(unsafe archive_write_add_filter_bzip2(archive)) }
    if format == .gzip {
      try check(unsafe archive_write_add_filter_gzip(archive))
      try check(unsafe archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
    }
    try unsafe out.withUnsafeMutableBytes { room in
      // SAFETY: the buffer outlives the archive's use of it, which `close` ends below.
      try check(unsafe archive_write_open_memory(archive, room.baseAddress, room.count, &used))
      for member in members {
        let entry = unsafe archive_entry_new()
        defer { unsafe archive_entry_free(entry) }
        unsafe archive_entry_set_pathname(entry, member.name)
        unsafe archive_entry_set_size(entry, Int64(member.bytes.count))
        unsafe archive_entry_set_filetype(entry, 0o100000)
        unsafe archive_entry_set_perm(entry, 0o644)
        unsafe archive_entry_set_mtime(entry, 0, 0)
        try check(unsafe archive_write_header(archive, entry))
        try unsafe member.bytes.withUnsafeBytes { bytes in
          if unsafe archive_write_data(archive, bytes.baseAddress, bytes.count) != bytes.count {
            try check(ARCHIVE_FATAL)
          }
        }
        try check(unsafe archive_write_finish_entry(archive))
      }
      try check(unsafe archive_write_close(archive))
    }
    out.removeLast(out.count - used)
    return out
  }
}

/// A running zstd compression.
@safe
struct ZstdEncoder: ~Copyable {
  private let context: OpaquePointer

  /// `level` is libzstd's: one level gives the same bytes on every run of one library version.
  init(level: Int32) throws(ContainerError) {
    guard let made = unsafe ZSTD_createCCtx() else { throw ContainerError(message: "no memory") }
    unsafe context = made
    unsafe _ = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    unsafe _ = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    // A second thread; how many there are does not show in the output.
    unsafe _ = ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, 1)
  }

  deinit { unsafe _ = ZSTD_freeCCtx(context) }

  /// Compresses `bytes` to the end of `out`; `isLast` closes the frame.
  mutating func encode(_ bytes: Span<UInt8>, isLast: Bool, into out: inout ByteBuffer) throws(ContainerError)
  {
    var from = 0
    while true {
      var left = 0
      let produced = out.count
      let context = unsafe context
      out.append(upTo: 1 << 17) { room in
        unsafe bytes.withUnsafeBufferPointer { source in
          unsafe room.withUnsafeMutableBufferPointer { target in
            var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: from)
            var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            // SAFETY: both buffers live for the call and their sizes are theirs.
            left = unsafe ZSTD_compressStream2(
              context, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
            from = unsafe input.pos
            return unsafe output.pos
          }
        }
      }
      if ZSTD_isError(left) != 0 {
        throw ContainerError(message: unsafe String(cString: ZSTD_getErrorName(left)))
      }
      if isLast ? left == 0 : from == bytes.count && out.count - produced < 1 << 17 { return }
    }
  }
}

/// A file of records that appears whole, compressed where its name ends in `.zst`.
struct RecordFile: ~Copyable {
  private var file: AtomicFile
  private var encoder: ZstdEncoder?

  init(_ path: String, level: Int32) throws {
    if path.hasSuffix(".zst") { encoder = try ZstdEncoder(level: level) } else { encoder = nil }
    file = try AtomicFile(path)
  }

  mutating func write(_ bytes: Span<UInt8>, isLast: Bool = false) throws {
    if encoder == nil { return try file.write(bytes) }
    var room = ByteBuffer(capacity: 1 << 18)
    try encoder?.encode(bytes, isLast: isLast, into: &room)
    try file.write(room.span)
  }

  consuming func commit() throws {
    try write(Span(), isLast: true)
    try file.commit()
  }
}
