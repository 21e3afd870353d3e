internal import Bytes

/// A set of ids of any size in bounded memory, exact: a hash table, and beyond its bound sorted runs on disk.
///
/// A Bloom filter of 32 MiB (B. Bloom, "Space/Time Trade-offs in Hash Coding", 1970) spares most looks at the disk; it
/// never decides that an id is there. Memory: up to 32 MiB for the table (and as much again while it is sorted), and the filter once there are runs.
final class IDSet {
  /// Slots of the table at most; it holds three ids for four slots.
  private let maximumSlots: Int
  private static let mostRuns = 12
  private let folder: String
  private var slots: [UInt64]
  private var used = 0
  private var runs: [IDRun] = []
  private var filter: [UInt64] = []
  private static let filterBits: UInt64 = 1 << 28

  /// An empty set that spills into `folder`.
  init(folder: String, maximumSlots: Int = 1 << 22) {
    self.folder = folder
    self.maximumSlots = maximumSlots
    slots = Array(repeating: 0, count: min(1 << 14, maximumSlots))
  }

  /// Adds `id`, which is not 0. - Returns: whether it is new.
  func insert(_ id: UInt64) throws -> Bool {
    var slot = place(id)
    while slots[slot] != 0 {
      if slots[slot] == id { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    if !runs.isEmpty && mayBeOnDisk(id) {
      for run in runs where try run.contains(id) { return false }
    }
    slots[slot] = id
    used += 1
    if used * 4 > slots.count * 3 { try makeRoom() }
    return true
  }

  /// Adds a run of rising ids that are all new.
  func add(_ run: IDRun) throws {
    runs.append(run)
    if filter.isEmpty { filter = Array(repeating: 0, count: Int(Self.filterBits / 64)) }
    var cursor = run.cursor()
    while let id = try cursor.next() { remember(id) }
  }

  /// Calls `take` with all ids in order.
  func forEach(_ take: (UInt64) throws -> Void) throws {
    try Self.merge(runs, slots.filter { $0 != 0 }.sorted(), take)
  }

  @inline(__always)
  private func place(_ id: UInt64) -> Int {
    Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }

  private func makeRoom() throws {
    if slots.count < maximumSlots {
      let old = slots
      slots = Array(repeating: 0, count: old.count * 2)
      for id in old where id != 0 {
        var slot = place(id)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = id
      }
      return
    }
    let sorted = slots.filter { $0 != 0 }.sorted()
    try add(try IDRun(in: folder) { take in for id in sorted { try take(id) } })
    for index in slots.indices { slots[index] = 0 }
    used = 0
    if runs.count > Self.mostRuns {
      let all = runs
      runs = [try IDRun(in: folder) { take in try Self.merge(all, [], take) }]
    }
  }

  // The lowest of a dozen cursors, found by looking at each: this is no hot path.
  private static func merge(_ runs: [IDRun], _ array: [UInt64], _ take: (UInt64) throws -> Void) throws {
    let sources = MergeSources(runs, array)
    while let id = try sources.next() { try take(id) }
  }

  private func remember(_ id: UInt64) {
    var hash = id &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    let step = (hash >> 28) | 1
    for probe in 0..<4 {
      let bit = (hash &+ UInt64(probe) &* step) & (Self.filterBits - 1)
      filter[Int(bit >> 6)] |= 1 << (bit & 63)
    }
  }

  private func mayBeOnDisk(_ id: UInt64) -> Bool {
    var hash = id &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    let step = (hash >> 28) | 1
    for probe in 0..<4 {
      let bit = (hash &+ UInt64(probe) &* step) & (Self.filterBits - 1)
      if filter[Int(bit >> 6)] & 1 << (bit & 63) == 0 { return false }
    }
    return true
  }
}

/// Several sorted sources read as one.
private final class MergeSources {
  private final class Source {
    var cursor: IDCursor
    var head: UInt64?
    init(_ cursor: consuming IDCursor) { self.cursor = cursor }
    func advance() throws { head = try cursor.next() }
  }
  private var sources: [Source]
  private var isStarted = false

  init(_ runs: [IDRun], _ array: [UInt64]) {
    sources = runs.map { Source($0.cursor()) }
    sources.append(Source(IDCursor(array)))
  }

  func next() throws -> UInt64? {
    if !isStarted {
      isStarted = true
      for source in sources { try source.advance() }
    }
    var best: Source?
    for source in sources {
      guard let head = source.head else { continue }
      if let low = best?.head, low <= head { continue }
      best = source
    }
    guard let best, let id = best.head else { return nil }
    for source in sources where source.head == id { try source.advance() }
    return id
  }
}
