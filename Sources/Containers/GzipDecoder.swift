internal import Bytes
internal import CZlib

/// gzip members (RFC 1952) through zlib's inflate, which gives every symbol as soon as its bits are there.
@safe
final class GzipDecoder: Decompressor {
  let name = "gzip"
  private let state: UnsafeMutablePointer<z_stream>

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
    // 15 bits of window; 16 more ask for a gzip header and its checksum.
    let status = unsafe inflateInit2_(state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "no memory for a gzip decoder")
  }

  deinit {
    unsafe inflateEnd(state)
    unsafe state.deallocate()
  }

  func begins(_ bytes: Span<UInt8>) -> Bool { ContainerFormat.detect(bytes) == .gzip }
  func restart() { unsafe _ = inflateReset(state) }

  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
  {
    var result = DecompressorStep()
    let bytes = input.span
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        guard let start = source.baseAddress else { return }
        // SAFETY: zlib reads and writes inside the two buffers, whose sizes it is told; it does not write its input.
        unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: start + from)
        unsafe state.pointee.avail_in = UInt32(source.count - from)
        unsafe state.pointee.next_out = target.baseAddress
        unsafe state.pointee.avail_out = UInt32(target.count)
        let status = unsafe inflate(state, Z_NO_FLUSH)
        result.consumed = unsafe source.count - from - Int(state.pointee.avail_in)
        result.produced = unsafe target.count - Int(state.pointee.avail_out)
        switch status {
        case Z_STREAM_END: result.isMemberEnd = true
        case Z_OK, Z_BUF_ERROR: break
        default:
          if let message = unsafe state.pointee.msg {
            result.problem = unsafe String(cString: message)
          } else {
            result.problem = "error \(status)"
          }
        }
      }
    }
    return result
  }
}
