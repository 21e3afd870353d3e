internal import Bytes
internal import CLZ4

/// LZ4 frames through liblz4.
@safe
final class LZ4Decoder: Decompressor {
  let name = "lz4"
  private let state: OpaquePointer

  init() {
    var made: OpaquePointer?
    let status = unsafe LZ4F_createDecompressionContext(&made, UInt32(LZ4F_VERSION))
    guard LZ4F_isError(status) == 0, let context = unsafe made else {
      fatalError("no memory for an lz4 decoder")
    }
    unsafe state = context
  }

  deinit { unsafe _ = LZ4F_freeDecompressionContext(state) }

  func begins(_ bytes: Span<UInt8>) -> Bool {
    ContainerFormat.detect(bytes) == .lz4 || ContainerFormat.isSkippable(bytes)
  }

  func restart() { unsafe LZ4F_resetDecompressionContext(state) }

  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
  {
    var result = DecompressorStep()
    let bytes = input.span
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        guard let start = source.baseAddress else { return }
        var taken = source.count - from
        var given = target.count
        // SAFETY: liblz4 reads and writes inside the two buffers, whose sizes it is told.
        let hint = unsafe LZ4F_decompress(state, target.baseAddress, &given, start + from, &taken, nil)
        if LZ4F_isError(hint) != 0 {
          result.problem = unsafe String(cString: LZ4F_getErrorName(hint))
          return
        }
        result.consumed = taken
        result.produced = given
        result.isMemberEnd = hint == 0
      }
    }
    return result
  }
}
