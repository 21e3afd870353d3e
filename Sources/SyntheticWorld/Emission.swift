/// One line of the dump, before it is written.
enum Emission: Sendable {
  /// A tweet for the first time.
  case tweet(TweetPlan)
  /// It again; `boost` is added to its counts, 0 repeats the bytes.
  case copy(TweetPlan, boost: Int)
  case delete(TweetCore, at: Int64)
  case scrubGeo(TweetCore, at: Int64)
  case limit(track: Int, at: Int64)
  case broken(BrokenLine, TweetPlan)
}

/// The ways in which lines of real dumps are no records, and the reason that `ingest` gives for each.
enum BrokenLine: Int, CaseIterable, Sendable {
  case cut, badByte, noID, noText, stranger

  var reason: StaticString {
    switch self {
    case .cut: "bad-json"
    case .badByte: "bad-utf8"
    case .noID: "missing-id"
    case .noText: "missing-text"
    case .stranger: "unknown-shape"
    }
  }
}

/// Lines that come later than their turn: a heap by position, then by order of arrival.
struct DelayQueue {
  private var heap: [(position: Int, serial: Int, emission: Emission)] = []
  private var serial = 0

  mutating func add(_ emission: Emission, at position: Int) {
    serial += 1
    heap.append((position, serial, emission))
    var child = heap.count - 1
    while child > 0, before(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The first line whose turn has come; any line when `position` is nil.
  mutating func next(at position: Int?) -> Emission? {
    guard let first = heap.first, position.map({ first.position <= $0 }) ?? true else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && before(child, least) {
        least = child
      }
      if least == parent { break }
      heap.swapAt(parent, least)
      parent = least
    }
    return first.emission
  }

  private func before(_ a: Int, _ b: Int) -> Bool {
    (heap[a].position, heap[a].serial) < (heap[b].position, heap[b].serial)
  }
}

/// Turns plans into the lines of the dump: a little out of order, with duplicates, deletions, notices and broken lines.
struct Emitter {
  private var random: SplitMix64
  private var waiting = DelayQueue()
  private var position = 0
  private var brokenSoFar = 0
  private var limitSoFar = 0

  init(seed: UInt64) { random = SplitMix64(seed ^ 0x656D_6974) }

  /// Takes the next plan and hands over the lines whose turn it is.
  mutating func take(_ plan: TweetPlan, _ emit: (Emission) throws -> Void) rethrows {
    let core = plan.core
    // Some deletions arrive before what they delete.
    let isDeleted = random.chance(10) && core.burst < 0
    let delay = 60_000 + Int64(random.below(7_200_000))
    let isEarly = isDeleted && random.chance(100)
    if isEarly { try send(.delete(core, at: core.time + delay), emit) }
    if random.chance(30) {
      waiting.add(.tweet(plan), at: position + 1 + random.below(40))
    } else {
      try send(.tweet(plan), emit)
    }
    if random.chance(20) { waiting.add(.copy(plan, boost: 0), at: position + 45 + random.below(400)) }
    if random.chance(10) {
      waiting.add(.copy(plan, boost: 1 + random.below(90)), at: position + 45 + random.below(400))
    }
    if isDeleted && !isEarly {
      waiting.add(.delete(core, at: core.time + delay), at: position + 1 + random.below(600))
    }
    if core.place >= 0, random.chance(4) {
      waiting.add(.scrubGeo(core, at: core.time + 600_000), at: position + 1 + random.below(300))
    }
    if random.below(900) == 0 {
      limitSoFar += 1 + random.below(50)
      try send(.limit(track: limitSoFar, at: core.time), emit)
    }
    if random.below(700) == 0 {
      let kinds = BrokenLine.allCases
      try send(.broken(kinds[brokenSoFar % kinds.count], plan), emit)
      brokenSoFar += 1
    }
    while let late = waiting.next(at: position) { try send(late, emit) }
  }

  /// Hands over what still waits.
  mutating func finish(_ emit: (Emission) throws -> Void) rethrows {
    while let late = waiting.next(at: nil) { try send(late, emit) }
  }

  private mutating func send(_ emission: Emission, _ emit: (Emission) throws -> Void) rethrows {
    position += 1
    try emit(emission)
  }
}
