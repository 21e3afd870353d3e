internal import Bytes
internal import CLZMA

/// xz streams through liblzma. Memory: the dictionary that the file asks for (64 MiB at `xz -9`).
@safe
final class XZDecoder: Decompressor {
  let name = "xz"
  private let state: UnsafeMutablePointer<lzma_stream>

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: lzma_stream())
  }

  deinit {
    unsafe lzma_end(state)
    unsafe state.deallocate()
  }

  func begins(_ bytes: Span<UInt8>) -> Bool { ContainerFormat.detect(bytes) == .xz }

  func restart() {
    let status = unsafe lzma_stream_decoder(state, UInt64.max, 0)
    precondition(status == LZMA_OK, "no memory for an xz decoder")
  }

  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
  {
    var result = DecompressorStep()
    let bytes = input.span
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        guard let start = source.baseAddress else { return }
        // SAFETY: liblzma reads and writes inside the two buffers, whose sizes it is told.
        unsafe state.pointee.next_in = start + from
        unsafe state.pointee.avail_in = source.count - from
        unsafe state.pointee.next_out = target.baseAddress
        unsafe state.pointee.avail_out = target.count
        let status = unsafe lzma_code(state, LZMA_RUN)
        result.consumed = unsafe source.count - from - state.pointee.avail_in
        result.produced = unsafe target.count - state.pointee.avail_out
        switch status {
        case LZMA_STREAM_END: result.isMemberEnd = true
        case LZMA_OK, LZMA_BUF_ERROR, LZMA_NO_CHECK, LZMA_GET_CHECK: break
        case LZMA_DATA_ERROR: result.problem = "the data are damaged"
        case LZMA_FORMAT_ERROR: result.problem = "no xz header"
        case LZMA_OPTIONS_ERROR: result.problem = "unknown options"
        case LZMA_MEM_ERROR: result.problem = "no memory for its dictionary"
        default: result.problem = "error \(status.rawValue)"
        }
      }
    }
    return result
  }
}
