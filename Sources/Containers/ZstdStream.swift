public import Bytes

/// Zstandard frames, one behind the other, with windows of any size.
public final class ZstdStream: ByteStream {
  private let filter: FilterStream

  /// Decodes what `source` holds.
  public init(_ source: any ByteStream) { filter = FilterStream(source, ZstdDecoder()) }

  /// Reads on.
  public func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    try filter.read(into: &buffer, upTo: size)
  }
}
