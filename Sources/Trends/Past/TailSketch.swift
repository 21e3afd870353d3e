/// What is remembered of light windows once all windows no longer fit: per day and key the accounts of those windows,
/// summed. A day and not a window, because the sketch of a window would have to be so narrow that every rare term would
/// seem to have a past.
struct TailSketch: Sendable {
  struct Period: Sendable {
    var number: Int64
    var sketch: CountMin
  }
  /// Tumbling windows of a period: those of a day, or one.
  let windows: Int64
  let width: Int
  private(set) var periods: [Period] = []

  init(windows: Int64, width: Int) {
    self.windows = windows
    self.width = width
  }

  var isEmpty: Bool { periods.isEmpty }

  /// Adds accounts in tumbling window `window`.
  mutating func add(_ key: UInt64, window: Int64, users: Int32) {
    let index = place(window.floorDivided(by: windows))
    periods[index].sketch.add(key, UInt32(clamping: users))
  }

  /// Forgets periods that end before tumbling window `first`.
  mutating func drop(before first: Int64) {
    if let oldest = periods.first, (oldest.number + 1) * windows <= first {
      periods.removeAll { ($0.number + 1) * windows <= first }
    }
  }

  /// Adds to `slots` what the sketch has of `key` in the windows of `range` that have no slot: shared out as everybody's
  /// accounts are. - Parameter weights: these, in each window of `range`.
  func fill(_ slots: inout [History.Slot], _ key: UInt64, _ range: Range<Int64>, weights: [Double]) {
    var merged: [History.Slot] = []
    merged.reserveCapacity(range.count)
    var next = 0
    for period in periods {
      let total = period.sketch.estimate(key)
      if total == 0 { continue }
      let own = (period.number * windows..<(period.number + 1) * windows).clamped(to: range)
      while next < slots.count, slots[next].number < own.lowerBound {
        merged.append(slots[next])
        next += 1
      }
      let start = next
      var sum = 0.0
      for number in own {
        if next < slots.count, slots[next].number == number {
          next += 1
        } else {
          sum += weights[Int(number - range.lowerBound)]
        }
      }
      let scale = Double(total) / sum
      next = start
      for number in own {
        let weight = weights[Int(number - range.lowerBound)]
        if next < slots.count, slots[next].number == number {
          merged.append(slots[next])
          next += 1
        } else if weight > 0 {
          merged.append(History.Slot(number: number, users: weight * scale))
        }
      }
    }
    while next < slots.count {
      merged.append(slots[next])
      next += 1
    }
    swap(&merged, &slots)
  }

  /// The place of a period, made if it is new.
  mutating func place(_ number: Int64) -> Int {
    let place = periods.firstIndex { $0.number >= number } ?? periods.count
    if place == periods.count || periods[place].number != number {
      periods.insert(Period(number: number, sketch: CountMin(width: width)), at: place)
    }
    return place
  }

  /// Sets a counter of a period, as a state had it.
  mutating func set(period: Int, _ counter: Int, _ value: UInt32) {
    periods[period].sketch.set(counter, value)
  }
}
