public import Bytes

/// A stream whose first bytes can be looked at before they are read.
public final class PeekStream: ByteStream {
  private let source: any ByteStream
  private var head = ByteBuffer(capacity: 1 << 12)
  private var given = 0
  private var ended = false
  private var failure: ContainerError?

  /// Looks into `source`.
  public init(_ source: any ByteStream) { self.source = source }

  /// Calls `body` with the next bytes: `count` of them, or all when there are fewer.
  ///
  /// An error of the container waits until the bytes before it were read.
  public func peek<T>(_ count: Int, _ body: (Span<UInt8>) -> T) throws -> T {
    while head.count - given < count && !ended {
      do {
        if try source.read(into: &head, upTo: max(count - (head.count - given), 1 << 12)) == 0 {
          ended = true
        }
      } catch let error as ContainerError {
        ended = true
        failure = error
      }
    }
    return Self.lend(head, given, count, body)
  }

  /// Passes over bytes that were looked at.
  public func skip(_ count: Int) { given = min(given + count, head.count) }

  /// Reads on.
  public func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    if given < head.count {
      let count = min(size, head.count - given)
      buffer.append(head, given..<given + count)
      given += count
      return count
    }
    if let failure { throw failure }
    if ended { return 0 }
    return try source.read(into: &buffer, upTo: size)
  }

  private static func lend<T>(
    _ head: borrowing ByteBuffer, _ given: Int, _ count: Int, _ body: (Span<UInt8>) -> T
  ) -> T {
    body(head.span.extracting(given..<min(given + count, head.count)))
  }
}
