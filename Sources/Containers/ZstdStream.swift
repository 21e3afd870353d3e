public import Bytes
internal import CZstd

/// Zstandard frames, one behind the other, with windows of any size.
@safe
public final class ZstdStream: ByteStream {
  private let source: any ByteStream
  private var compressed = ByteBuffer(capacity: 1 << 17)
  private var consumed = 0
  private let decoder: OpaquePointer
  private var frameIsOpen = false
  private var atEnd = false

  /// Decodes what `source` holds.
  public init(_ source: any ByteStream) {
    self.source = source
    guard let made = unsafe ZSTD_createDStream() else { fatalError("no memory for a zstd decoder") }
    unsafe decoder = made
    // The format's largest window (2 GiB); zstd itself asks for --long=31 above 128 MiB.
    unsafe _ = ZSTD_DCtx_setParameter(decoder, ZSTD_d_windowLogMax, 31)
  }

  deinit { unsafe _ = ZSTD_freeDStream(decoder) }

  /// Reads on.
  public func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    while true {
      if consumed == compressed.count && !atEnd {
        compressed.removeAll()
        consumed = 0
        if try source.read(into: &compressed, upTo: 1 << 17) == 0 { atEnd = true }
      }
      if atEnd && consumed == compressed.count && !frameIsOpen { return 0 }
      let before = consumed
      let step = unsafe Self.step(decoder, compressed, from: consumed, into: &buffer, upTo: size)
      if let problem = step.problem { throw ContainerError.corrupt("zstd: \(problem)") }
      consumed = step.consumed
      frameIsOpen = step.hint != 0
      if step.produced > 0 { return step.produced }
      if atEnd && consumed == before && frameIsOpen {
        throw ContainerError.truncated("zstd: the last frame is cut")
      }
    }
  }

  private struct Step {
    var problem: String?
    var consumed = 0
    var produced = 0
    var hint = 0
  }

  private static func step(
    _ decoder: OpaquePointer, _ compressed: borrowing ByteBuffer, from: Int, into buffer: inout ByteBuffer,
    upTo size: Int
  ) -> Step {
    let all = compressed.span
    var step = Step()
    buffer.append(upTo: size) { room in
      unsafe room.withUnsafeMutableBufferPointer { out in
        unsafe all.withUnsafeBufferPointer { source in
          // SAFETY: zstd reads and writes inside the two buffers, whose sizes it is told.
          var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: from)
          var output = unsafe ZSTD_outBuffer(dst: out.baseAddress, size: out.count, pos: 0)
          let result = unsafe ZSTD_decompressStream(decoder, &output, &input)
          if ZSTD_isError(result) != 0 { step.problem = unsafe String(cString: ZSTD_getErrorName(result)) }
          step.hint = result
          step.consumed = unsafe input.pos
          step.produced = unsafe output.pos
          return step.produced
        }
      }
    }
    return step
  }
}
