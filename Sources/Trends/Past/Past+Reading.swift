extension Past {
  /// The slots of some keys in the windows of `range`, in order, without what only the sketch knows.
  ///
  /// All keys take a step back before the first takes another: each step is a miss of the cache, and those of several keys
  /// are waited for at once. One key after the other took a fifth of the time of a run over dense data.
  func slots(of keys: [UInt64], _ range: Range<Int64>, into lanes: inout [[History.Slot]]) {
    while lanes.count < keys.count { lanes.append([]) }
    var links: [(lane: Int, next: Slot)] = []
    for (lane, key) in keys.enumerated() {
      lanes[lane].removeAll(keepingCapacity: true)
      if let head = heads.value(key).map(Self.slot) { links.append((lane, head)) }
    }
    while !links.isEmpty {
      var kept = 0
      for index in links.indices {
        let (lane, next) = links[index]
        guard next.window >= first else { continue }
        let number = windows[Int(next.window - first)].number
        if number < range.lowerBound { continue }
        let slot = windows[Int(next.window - first)].slots[Int(next.place)]
        if number < range.upperBound {
          lanes[lane].append(History.Slot(number: number, users: Double(slot.users)))
        }
        links[kept] = (lane, slot)
        kept += 1
      }
      links.removeLast(links.count - kept)
    }
    for lane in keys.indices { lanes[lane].reverse() }
  }

  /// Adds to a key's slots what only the sketch knows. - Parameter weights: everybody's accounts in each window of `range`.
  func fill(_ slots: inout [History.Slot], _ key: UInt64, _ range: Range<Int64>, weights: [Double]) {
    if !tail.isEmpty { tail.fill(&slots, key, range, weights: weights) }
  }

  /// What is known of `key` in the windows of `range`, with or without what only the sketch knows.
  func history(
    _ key: UInt64, _ range: Range<Int64>, everybody: borrowing History, skipsSketch: Bool = false
  ) -> History {
    var lanes: [[History.Slot]] = []
    slots(of: [key], range, into: &lanes)
    if !skipsSketch { fill(&lanes[0], key, range, weights: everybody.users(in: range)) }
    return History(lanes[0])
  }

  /// Calls `body` with every key that has slots, and these: places in `windows` and accounts, in order. Keys come in no
  /// order that means anything.
  func forEach(_ body: (UInt64, [(window: Int, users: Int32)]) -> Void) {
    heads.forEach { key, value in
      var slots: [(window: Int, users: Int32)] = []
      var next = Self.slot(value)
      while next.window >= first {
        let window = Int(next.window - first)
        next = windows[window].slots[Int(next.place)]
        slots.append((window, next.users))
      }
      slots.reverse()
      if !slots.isEmpty { body(key, slots) }
    }
  }
}
