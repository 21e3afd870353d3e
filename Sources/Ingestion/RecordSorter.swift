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
    var mark: ClusterMark
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
  func add(_ id: UInt64, _ mark: ClusterMark, _ source: borrowing ByteBuffer, _ range: Range<Int>) throws {
    entries.append(Entry(id: id, order: arrived, start: bytes.count, count: range.count, mark: mark))
    arrived += 1
    bytes.append(source, range)
    if bytes.count + entries.count * MemoryLayout<Entry>.stride >= limit { try spill() }
  }

  /// Calls `take` with each record in order.
  func finish(_ take: (UInt64, ClusterMark, borrowing ByteBuffer) throws -> Void) throws {
    try spill()
    while runs.count > Self.mostRuns {
      let part = Array(runs.prefix(Self.mostRuns))
      let merged = try ScratchFile(in: folder)
      var frame = ByteBuffer(capacity: 1 << 16)
      try Self.merge(part) { run in
        Self.head(run.id, run.order, run.record.count, run.mark, &frame)
        frame.append(contentsOf: run.record)
        try merged.write(frame.span)
        frame.removeAll()
      }
      try merged.seal()
      runs = [merged] + runs.dropFirst(Self.mostRuns)
    }
    try Self.merge(runs) { run in try take(run.id, run.mark, run.record) }
  }

  private func spill() throws {
    if entries.isEmpty { return }
    entries.sort { $0.id != $1.id ? $0.id < $1.id : $0.order < $1.order }
    let file = try ScratchFile(in: folder)
    var frame = ByteBuffer(capacity: 1 << 16)
    for entry in entries {
      Self.head(entry.id, entry.order, entry.count, entry.mark, &frame)
      frame.append(bytes, entry.start..<entry.start + entry.count)
      try file.write(frame.span)
      frame.removeAll()
    }
    try file.seal()
    runs.append(file)
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll()
  }

  private static func head(
    _ id: UInt64, _ order: UInt64, _ count: Int, _ mark: ClusterMark, _ out: inout ByteBuffer
  ) {
    out.append(littleEndian: id)
    out.append(littleEndian: order)
    out.append(littleEndian: UInt64(count))
    out.append(littleEndian: mark.print)
    out.append(littleEndian: UInt64(mark.tail))
  }

  // A binary heap of run cursors.
  private static func merge(_ runs: [ScratchFile], _ take: (RunCursor) throws -> Void) throws {
    var heap: [RunCursor] = []
    for run in runs {
      let cursor = RunCursor(run)
      if try cursor.advance() { heap.append(cursor) }
    }
    heap.sort { $0.precedes($1) }
    while let first = heap.first {
      try take(first)
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
  private static let headBytes = 40
  private(set) var id: UInt64 = 0
  private(set) var order: UInt64 = 0
  private(set) var mark = ClusterMark()
  private(set) var record = ByteBuffer(capacity: 1024)

  init(_ file: ScratchFile) { self.file = file }

  func precedes(_ other: RunCursor) -> Bool { id != other.id ? id < other.id : order < other.order }

  func advance() throws -> Bool {
    guard try need(Self.headBytes) else { return false }
    id = buffer.span.word(at: at)
    order = buffer.span.word(at: at + 8)
    let count = Int(buffer.span.word(at: at + 16))
    mark.print = buffer.span.word(at: at + 24)
    mark.tail = Int32(buffer.span.word(at: at + 32))
    at += Self.headBytes
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
