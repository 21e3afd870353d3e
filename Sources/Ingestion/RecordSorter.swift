internal import Bytes

/// Sorts records by id, then by their order of arrival, in bounded memory: sorted runs on disk, merged at the end.
///
/// Memory: 40 MiB while records come, 128 KiB a run while they are merged, at most 128 runs at a time.
final class RecordSorter {
  private struct Entry {
    var id: UInt64
    var order: UInt64
    var start: Int
    var count: Int
  }

  private let folder: String
  private let limit: Int
  private var bytes = ByteBuffer(capacity: 1 << 16)
  private var entries: [Entry] = []
  private var arrived: UInt64 = 0
  private var runs: [ScratchFile] = []
  private static let mostRuns = 128

  /// A sorter that spills into `folder` what exceeds `limit` bytes.
  init(folder: String, limit: Int = 32 << 20) {
    self.folder = folder
    self.limit = limit
  }

  /// Adds a record.
  func add(_ id: UInt64, _ source: borrowing ByteBuffer, _ range: Range<Int>) throws {
    entries.append(Entry(id: id, order: arrived, start: bytes.count, count: range.count))
    arrived += 1
    bytes.append(source, range)
    if bytes.count + entries.count * 32 >= limit { try spill() }
  }

  /// Calls `take` with each record in order.
  func finish(_ take: (UInt64, borrowing ByteBuffer) throws -> Void) throws {
    try spill()
    while runs.count > Self.mostRuns {
      let part = Array(runs.prefix(Self.mostRuns))
      let merged = try ScratchFile(in: folder)
      var frame = ByteBuffer(capacity: 1 << 16)
      try Self.merge(part) { id, order, record in
        Self.frame(id, order, record, &frame)
        try merged.write(frame.span)
        frame.removeAll()
      }
      try merged.seal()
      runs = [merged] + runs.dropFirst(Self.mostRuns)
    }
    try Self.merge(runs) { id, _, record in try take(id, record) }
  }

  private func spill() throws {
    if entries.isEmpty { return }
    entries.sort { $0.id != $1.id ? $0.id < $1.id : $0.order < $1.order }
    let file = try ScratchFile(in: folder)
    var frame = ByteBuffer(capacity: 1 << 16)
    for entry in entries {
      Self.head(entry.id, entry.order, entry.count, &frame)
      frame.append(bytes, entry.start..<entry.start + entry.count)
      try file.write(frame.span)
      frame.removeAll()
    }
    try file.seal()
    runs.append(file)
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll()
  }

  private static func frame(
    _ id: UInt64, _ order: UInt64, _ record: borrowing ByteBuffer, _ out: inout ByteBuffer
  ) {
    head(id, order, record.count, &out)
    out.append(contentsOf: record)
  }

  private static func head(_ id: UInt64, _ order: UInt64, _ count: Int, _ out: inout ByteBuffer) {
    out.append(littleEndian: id)
    out.append(littleEndian: order)
    out.append(littleEndian: UInt64(count))
  }

  // A binary heap of run cursors.
  private static func merge(
    _ runs: [ScratchFile], _ take: (UInt64, UInt64, borrowing ByteBuffer) throws -> Void
  ) throws {
    var heap: [RunCursor] = []
    for run in runs {
      let cursor = RunCursor(run)
      if try cursor.advance() { heap.append(cursor) }
    }
    heap.sort { $0.precedes($1) }
    while let first = heap.first {
      try take(first.id, first.order, first.record)
      if try !first.advance() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
      }
      var place = 0
      while true {
        var child = 2 * place + 1
        if child >= heap.count { break }
        if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
        if heap[place].precedes(heap[child]) { break }
        heap.swapAt(place, child)
        place = child
      }
    }
  }
}

/// A walk over the records of a run.
private final class RunCursor {
  private let file: ScratchFile
  private var offset = 0
  private var buffer = ByteBuffer(capacity: 1 << 17)
  private var at = 0
  private(set) var id: UInt64 = 0
  private(set) var order: UInt64 = 0
  private(set) var record = ByteBuffer(capacity: 1024)

  init(_ file: ScratchFile) { self.file = file }

  func precedes(_ other: RunCursor) -> Bool { id != other.id ? id < other.id : order < other.order }

  func advance() throws -> Bool {
    guard try need(24) else { return false }
    id = buffer.span.word(at: at)
    order = buffer.span.word(at: at + 8)
    let count = Int(buffer.span.word(at: at + 16))
    at += 24
    guard try need(count) else { return false }
    record.removeAll()
    record.append(buffer, at..<at + count)
    at += count
    return true
  }

  private func need(_ count: Int) throws -> Bool {
    if buffer.count - at >= count { return true }
    buffer.removeFirst(at)
    at = 0
    while buffer.count < count {
      let read = try file.read(at: offset, upTo: max(1 << 17, count - buffer.count), into: &buffer)
      if read == 0 { return false }
      offset += read
    }
    return true
  }
}
