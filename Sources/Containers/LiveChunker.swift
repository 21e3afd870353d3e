public import Bytes

/// Chunks of a stream that is still being written: whole lines are handed on soon after they arrive, and an empty chunk
/// says that time has passed without any. For plain text on standard input.
public final class LiveChunker {
  private var input: InputStream
  private var pending = ByteBuffer(capacity: 1 << 16)
  private var offset = 0
  private var line = 1
  private var atEnd = false
  private let patience: Double
  private static let enough = 1 << 18

  /// Reads standard input; no call of `next` waits longer than about `patience` seconds.
  public init(patience: Double) throws(SystemError) {
    input = try InputStream("-")
    self.patience = patience
  }

  /// The next chunk, perhaps empty; nil at the end. - Throws: `SystemError`.
  public func next() throws(SystemError) -> Chunk? {
    let start = Syscalls.monotonicSeconds()
    while !atEnd {
      let left = patience - (Syscalls.monotonicSeconds() - start)
      guard left > 0, try input.waitForBytes(seconds: left) else { return take(lines) }
      if try input.read(into: &pending, upTo: 1 << 16) == 0 { atEnd = true }
      if pending.count >= Self.enough, lines > 0 { return take(lines) }
    }
    return pending.isEmpty ? nil : take(pending.count)
  }

  // The bytes of the whole lines that wait.
  private var lines: Int { Self.endOfLastLine(pending) }

  private static func endOfLastLine(_ bytes: borrowing ByteBuffer) -> Int {
    (bytes.span.lastIndex(of: 0x0A, before: bytes.count) ?? -1) + 1
  }

  private func take(_ count: Int) -> Chunk {
    var bytes = ByteBuffer(capacity: count)
    bytes.append(pending, 0..<count)
    pending.removeFirst(count)
    let chunk = Chunk(bytes: bytes, source: "-", member: "", offset: offset, line: line, layout: .lines)
    offset += count
    line += chunk.lineCount
    return chunk
  }
}

extension Chunk {
  /// Newlines in it.
  var lineCount: Int {
    var count = 0
    var index = 0
    while let newline = bytes.span.firstIndex(of: 0x0A, from: index) {
      count += 1
      index = newline + 1
    }
    return count
  }
}
