internal import Bytes
internal import Containers

/// Cuts a table into chunks of whole rows; newlines inside quotes end no row.
///
/// A quote that opens a field and is not closed within `limit` bytes makes a bad row of its line alone. Looking for the
/// end of rows is bounded as in `ValueSplitter`.
final class RowChunker: MemberChunker {
  private var window: MemberWindow
  private let delimiter: UInt8
  private let limit: Int
  private var isHeaderNext = true
  private var lookedAhead = 0
  private var passed = 0

  /// Cuts `window`'s member, whose first row is its header.
  init(_ window: consuming MemberWindow, delimiter: UInt8, limit: Int) {
    self.window = window
    self.delimiter = delimiter
    self.limit = limit
  }

  func next() throws -> Chunk? {
    try window.fill(MemberWindow.chunkSize)
    var values: [Chunk.Value] = []
    var lines = window.lineCounter()
    var start = 0
    while start < MemberWindow.chunkSize {
      guard let end = try rowEnd(start, isFirst: values.isEmpty && start == 0) else { break }
      let content = window.content(start..<end)
      if isHeaderNext {
        isHeaderNext = false
      } else if !content.isEmpty {
        values.append(Chunk.Value(content, line: window.line(at: start, &lines)))
      }
      passed += end - start
      start = end
    }
    if window.atEnd && start >= window.count { return window.takeLast(values) }
    return window.take(start, .values(values))
  }

  // One past the row's newline; nil when more bytes are needed and rows before it can go first.
  private func rowEnd(_ start: Int, isFirst: Bool) throws -> Int? {
    var size = MemberWindow.chunkSize
    while true {
      let mayLook = lookedAhead <= 4 * (passed + 65_536)
      if let end = window.rowEnd(start, delimiter, quotes: mayLook) { return end }
      if window.atEnd {
        if start >= window.count { return nil }
        // The last row without a newline, or one whose quote is never closed: then only its first line is lost.
        lookedAhead += window.count - start
        return window.rowEnd(start, delimiter, quotes: false) ?? window.count
      }
      if !isFirst { return nil }
      if size > limit {
        lookedAhead += window.count
        return window.rowEnd(start, delimiter, quotes: false) ?? window.count
      }
      size += MemberWindow.chunkSize
      try window.fill(size)
    }
  }
}

extension MemberWindow {
  /// `range` without the blanks that end it.
  func content(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    let bytes = span
    while end > range.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return range.lowerBound..<end
  }

  /// One past the newline that ends the row at `start`, or nil when it is not there yet.
  func rowEnd(_ start: Int, _ delimiter: UInt8, quotes: Bool) -> Int? {
    let bytes = span
    guard start < bytes.count else { return nil }
    guard let newline = bytes.firstIndex(of: 0x0A, from: start) else { return nil }
    // Tables parted by tabs quote nothing.
    if !quotes || delimiter == 0x09 { return newline + 1 }
    if bytes.extracting(start..<newline).firstIndex(of: 0x22) == nil { return newline + 1 }
    var index = start
    while true {
      if index < bytes.count, bytes[index] == 0x22 {
        index += 1
        while true {
          guard let quote = bytes.firstIndex(of: 0x22, from: index) else { return nil }
          index = quote + 1
          guard index < bytes.count, bytes[index] == 0x22 else { break }
          index += 1
        }
      }
      while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A { index += 1 }
      guard index < bytes.count else { return nil }
      index += 1
      if bytes[index - 1] == 0x0A { return index }
    }
  }
}
