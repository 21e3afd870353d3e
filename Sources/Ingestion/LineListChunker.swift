internal import Bytes
internal import Containers

/// Cuts text into chunks of whole lines, for edges. A line beyond the limit is cut.
final class LineListChunker: MemberChunker {
  private var window: MemberWindow
  private let limit: Int

  init(_ window: consuming MemberWindow, limit: Int) {
    self.window = window
    self.limit = limit
  }

  func next() throws -> Chunk? {
    var size = MemberWindow.chunkSize
    while true {
      try window.fill(size)
      if window.atEnd && window.count <= size { return window.takeLast() }
      if let newline = window.span.lastIndex(of: 0x0A, before: size) {
        return window.take(newline + 1, .lines)
      }
      if size > limit { return window.take(size, .lines) }
      size += MemberWindow.chunkSize
    }
  }
}
