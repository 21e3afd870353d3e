internal import Bytes
internal import CBZip2

/// bzip2 members through libbz2, which gives a block when it has all of it.
@safe
final class BZip2Decoder: Decompressor {
  let name = "bzip2"
  private let state: UnsafeMutablePointer<bz_stream>
  private var isOpen = false

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: bz_stream())
  }

  deinit {
    if isOpen { unsafe BZ2_bzDecompressEnd(state) }
    unsafe state.deallocate()
  }

  func begins(_ bytes: Span<UInt8>) -> Bool { ContainerFormat.detect(bytes) == .bzip2 }

  func restart() {
    if isOpen { unsafe BZ2_bzDecompressEnd(state) }
    unsafe state.pointee = bz_stream()
    let status = unsafe BZ2_bzDecompressInit(state, 0, 0)
    precondition(status == BZ_OK, "no memory for a bzip2 decoder")
    isOpen = true
  }

  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
  {
    var result = DecompressorStep()
    let bytes = input.span
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        guard let start = source.baseAddress, let room = target.baseAddress else { return }
        // SAFETY: libbz2 reads and writes inside the two buffers, whose sizes it is told; it does not write its input.
        unsafe state.pointee.next_in = UnsafeMutableRawPointer(mutating: start + from)
          .assumingMemoryBound(to: CChar.self)
        unsafe state.pointee.avail_in = UInt32(source.count - from)
        unsafe state.pointee.next_out = UnsafeMutableRawPointer(room).assumingMemoryBound(to: CChar.self)
        unsafe state.pointee.avail_out = UInt32(target.count)
        let status = unsafe BZ2_bzDecompress(state)
        result.consumed = unsafe source.count - from - Int(state.pointee.avail_in)
        result.produced = unsafe target.count - Int(state.pointee.avail_out)
        switch status {
        case BZ_STREAM_END: result.isMemberEnd = true
        case BZ_OK: break
        case BZ_DATA_ERROR: result.problem = "a block's checksum is wrong or its data are damaged"
        case BZ_DATA_ERROR_MAGIC: result.problem = "a block has no header"
        default: result.problem = "error \(status)"
        }
      }
    }
    return result
  }
}
