internal import Bytes

/// Rows of one sorted lot: in memory, or read from a file piece by piece.
struct RowSource<Row: SortedRow> {
  private var rows: [Row]
  private var next = 0
  private let file: ScratchFile?
  private var offset = 0
  private static var rowsPerRead: Int { (1 << 18) / Row.width }

  init(_ rows: [Row]) {
    self.rows = rows
    file = nil
  }

  init(_ file: ScratchFile) {
    rows = []
    self.file = file
  }

  /// The next row, or nil behind the last. - Throws: `SystemError`.
  mutating func take() throws(SystemError) -> Row? {
    if next == rows.count {
      guard let file, offset < file.count else { return nil }
      try refill(file)
    }
    next += 1
    return rows[next - 1]
  }

  private mutating func refill(_ file: ScratchFile) throws(SystemError) {
    var buffer = ByteBuffer(capacity: Row.width * Self.rowsPerRead)
    let size = try file.read(at: offset, upTo: Row.width * Self.rowsPerRead, into: &buffer)
    guard size > 0, size % Row.width == 0 else {
      throw SystemError(operation: "read", path: "temporary rows", code: 5)
    }
    offset += size
    next = 0
    rows.removeAll(keepingCapacity: true)
    let bytes = buffer.span
    for place in stride(from: 0, to: size, by: Row.width) { rows.append(Row(bytes, at: place)) }
  }
}

/// Merges sorted lots. - Complexity: O(log lots) a row.
struct RowCursor<Row: SortedRow> {
  private var sources: [RowSource<Row>]
  // A binary heap: the least row first, each with the place of its source.
  private var heap: [(row: Row, source: Int)] = []

  init(_ sources: [RowSource<Row>]) throws(SystemError) {
    self.sources = sources
    for place in sources.indices {
      if let row = try self.sources[place].take() { heap.append((row, place)) }
    }
    for place in heap.indices.reversed() { sink(place) }
  }

  /// The next row, or nil behind the last. - Throws: `SystemError`.
  mutating func next() throws(SystemError) -> Row? {
    guard let first = heap.first else { return nil }
    if let row = try sources[first.source].take() {
      heap[0].row = row
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return first.row }
      heap[0] = last
    }
    sink(0)
    return first.row
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in (2 * place + 1)..<(2 * place + 3) where child < heap.count {
        if heap[child].row < heap[least].row { least = child }
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
