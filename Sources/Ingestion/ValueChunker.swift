internal import Bytes
internal import Containers

/// Cuts a member of JSON into chunks for workers, in memory bounded by the longest value allowed.
///
/// Mostly a chunk is a run of lines, cut after a line that ends in `}` or `]` and before one that begins with `{` or
/// `[`: inside valid JSON two such lines never meet. Arrays, and text that offers no such place, are cut value by value
/// by a `ValueSplitter`. A value beyond the limit is passed over, its first bytes kept. Where the cuts lie depends on
/// the bytes alone.
final class ValueChunker: MemberChunker {
  private var window: MemberWindow
  private var splitter: ValueSplitter?
  private var hasNoLines = false
  private let limit: Int
  private static let keptOfLong = 64 << 10

  /// Cuts `window`'s member; no value may be longer than `limit`.
  init(_ window: consuming MemberWindow, limit: Int) {
    self.window = window
    self.limit = limit
  }

  func next() throws -> Chunk? {
    try window.fill(MemberWindow.chunkSize)
    if splitter == nil && !hasNoLines && !window.beginsArray() {
      if let chunk = try nextLines() { return chunk }
      if window.isDone { return nil }
    }
    return try nextValues()
  }

  private func nextLines() throws -> Chunk? {
    var size = MemberWindow.chunkSize
    while true {
      try window.fill(size)
      if window.atEnd && window.count <= size { return window.takeLast() }
      if let cut = window.safeCut(size) { return window.take(cut, .lines) }
      if size > limit { return nil }
      size += MemberWindow.chunkSize
    }
  }

  private func nextValues() throws -> Chunk? {
    var splitter = self.splitter ?? ValueSplitter()
    var values: [Chunk.Value] = []
    var lines = window.lineCounter()
    var size = max(window.count, MemberWindow.chunkSize)
    while true {
      let rest: ValueSplitter.Rest = window.atEnd ? .none : size > limit ? .beyondLimit : .more
      switch window.split(&splitter, rest) {
      case .value(let range):
        values.append(Chunk.Value(range, line: window.line(at: range.lowerBound, &lines)))
        let isLine = splitter.isIdle && window.isLineEnd(splitter.index)
        if isLine && !hasNoLines || splitter.index >= MemberWindow.chunkSize {
          if splitter.isIdle { hasNoLines = !isLine }
          return take(splitter.index, values, splitter)
        }
      case .cut(let range):
        var value = Chunk.Value(range, line: window.line(at: range.lowerBound, &lines))
        value.isCut = true
        values.append(value)
      case .end:
        self.splitter = nil
        return window.takeLast(values)
      case .incomplete(let start):
        if start > 0 && !values.isEmpty { return take(start, values, splitter) }
        if start > 0 {
          window.drop(start)
          splitter.rebase(by: start)
          lines = window.lineCounter()
          size = MemberWindow.chunkSize
        }
        if size > limit { return try longValue(splitter) }
        size = max(size, window.count) + (window.count >= size ? MemberWindow.chunkSize : 0)
        try window.fill(size)
      }
    }
  }

  private func take(_ count: Int, _ values: [Chunk.Value], _ splitter: ValueSplitter) -> Chunk {
    var rest = splitter
    rest.rebase(by: count)
    self.splitter = splitter.isIdle && !hasNoLines ? nil : rest
    return window.take(count, .values(values))
  }

  // A value longer than the limit, from the window's first byte on.
  private func longValue(_ begun: ValueSplitter) throws -> Chunk {
    var splitter = begun
    let value = window.startLong(Self.keptOfLong)
    var length = 0
    while true {
      if let end = window.endOfLong(&splitter) {
        window.drop(end)
        length += end
        splitter.finishLong(at: 0)
        break
      }
      length += window.count
      splitter.rebase(by: window.count)
      window.drop(window.count)
      if window.atEnd {
        splitter.finishLong(at: 0)
        break
      }
      try window.fill(MemberWindow.chunkSize)
    }
    self.splitter = splitter.isIdle && !hasNoLines ? nil : splitter
    guard case .values(var values) = value.layout else { return value }
    values[0].fullLength = length
    value.layout = .values(values)
    return value
  }
}
