internal import Bytes
internal import CZstd

/// Zstandard frames, with windows of any size, and skippable frames between them.
@safe
final class ZstdDecoder: Decompressor {
  let name = "zstd"
  private let state: OpaquePointer

  init() {
    guard let made = unsafe ZSTD_createDStream() else { fatalError("no memory for a zstd decoder") }
    unsafe state = made
    // The format's largest window (2 GiB); zstd itself asks for --long=31 above 128 MiB.
    unsafe _ = ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, 31)
  }

  deinit { unsafe _ = ZSTD_freeDStream(state) }

  func begins(_ bytes: Span<UInt8>) -> Bool {
    ContainerFormat.detect(bytes) == .zstd || ContainerFormat.isSkippable(bytes)
  }

  func restart() { unsafe _ = ZSTD_DCtx_reset(state, ZSTD_reset_session_only) }

  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
  {
    var result = DecompressorStep()
    let bytes = input.span
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        // SAFETY: zstd reads and writes inside the two buffers, whose sizes it is told.
        var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: from)
        var output = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let hint = unsafe ZSTD_decompressStream(state, &output, &input)
        result.consumed = unsafe input.pos - from
        result.produced = unsafe output.pos
        if ZSTD_isError(hint) != 0 {
          result.problem = unsafe String(cString: ZSTD_getErrorName(hint))
        } else {
          result.isMemberEnd = hint == 0
        }
      }
    }
    return result
  }
}
