extension Past {
  /// The slots of some links in the windows of `range`, in order, without what only the sketch knows.
  ///
  /// All keys take a step back before the first takes another: each step is a miss of the cache, and those of several keys
  /// are waited for at once. One key after the other took a fifth of the time of a run over dense data.
  func slots(of heads: [Link], _ range: Range<Int64>, into lanes: inout [[History.Slot]]) {
    while lanes.count < heads.count { lanes.append([]) }
    var links: [(lane: Int, next: Link)] = []
    for (lane, head) in heads.enumerated() {
      lanes[lane].removeAll(keepingCapacity: true)
      if head.window > 0 { links.append((lane, head)) }
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
        links[kept] = (lane, slot.before)
        kept += 1
      }
      links.removeLast(links.count - kept)
    }
    for lane in heads.indices { lanes[lane].reverse() }
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
    slots(of: [link(key)], range, into: &lanes)
    if !skipsSketch { fill(&lanes[0], key, range, weights: everybody.users(in: range)) }
    return History(lanes[0])
  }

  /// A link's slots: places in `windows` and accounts, in order.
  func slots(_ link: Link) -> [(window: Int, users: Int32)] {
    var slots: [(window: Int, users: Int32)] = []
    var next = link
    while next.window >= first {
      let window = Int(next.window - first)
      let slot = windows[window].slots[Int(next.place)]
      slots.append((window, slot.users))
      next = slot.before
    }
    slots.reverse()
    return slots
  }
}
