internal import Bytes

/// Sorted ids on disk, eight bytes each, found by a table of every 512th and one read.
final class IDRun {
  private static let block = 512
  private let file: ScratchFile
  /// Ids.
  let count: Int
  private let fences: [UInt64]
  private let last: UInt64
  private var cached = -1
  private var cache = ByteBuffer(capacity: 8 * block)

  /// Writes rising ids.
  init(in folder: String, _ produce: ((UInt64) throws -> Void) throws -> Void) throws {
    let file = try ScratchFile(in: folder)
    var buffer = ByteBuffer(capacity: 1 << 16)
    var fences: [UInt64] = []
    var count = 0
    var last: UInt64 = 0
    try produce { id in
      if count % Self.block == 0 { fences.append(id) }
      buffer.append(littleEndian: id)
      count += 1
      last = id
      if buffer.count >= 1 << 16 {
        try Self.flush(&buffer, file)
      }
    }
    try Self.flush(&buffer, file)
    try file.seal()
    self.file = file
    self.fences = fences
    self.count = count
    self.last = last
  }

  private static func flush(_ buffer: inout ByteBuffer, _ file: ScratchFile) throws(SystemError) {
    try file.write(buffer.span)
    buffer.removeAll()
  }

  /// Whether `id` is in it. - Complexity: O(log n), at most one read.
  func contains(_ id: UInt64) throws(SystemError) -> Bool {
    guard let first = fences.first, id >= first, id <= last else { return false }
    var low = 0
    var high = fences.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if fences[middle] <= id { low = middle } else { high = middle }
    }
    if cached != low {
      cache.removeAll()
      _ = try file.read(at: low * Self.block * 8, upTo: Self.block * 8, into: &cache)
      cached = low
    }
    return Self.search(cache, id)
  }

  private static func search(_ bytes: borrowing ByteBuffer, _ id: UInt64) -> Bool {
    var low = 0
    var high = bytes.count / 8
    while low < high {
      let middle = (low + high) / 2
      let value = bytes.span.word(at: 8 * middle)
      if value == id { return true }
      if value < id { low = middle + 1 } else { high = middle }
    }
    return false
  }

  /// A walk over all ids in order.
  func cursor() -> IDCursor { IDCursor(file, count) }
}

/// A walk over the ids of a run, or over a sorted array.
struct IDCursor: ~Copyable {
  private let file: ScratchFile?
  private var left: Int
  private var offset = 0
  private var buffer = ByteBuffer(capacity: 1 << 16)
  private var at = 0
  private var array: [UInt64] = []

  init(_ file: ScratchFile, _ count: Int) {
    self.file = file
    left = count
  }

  init(_ array: [UInt64]) {
    file = nil
    self.array = array
    left = array.count
  }

  mutating func next() throws(SystemError) -> UInt64? {
    if left == 0 { return nil }
    left -= 1
    guard let file else {
      at += 1
      return array[at - 1]
    }
    if at == buffer.count {
      buffer.removeAll()
      at = 0
      offset += try file.read(at: offset, upTo: 1 << 16, into: &buffer)
      if buffer.count < 8 { return nil }
    }
    at += 8
    return buffer.span.word(at: at - 8)
  }
}
