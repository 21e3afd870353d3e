/// What every term at every place had in the tumbling windows of the baseline.
///
/// A slot a window in which anybody used it, linked from the last one back; windows that the baseline has left go as a
/// whole. When there are more slots than `limit`, those with the fewest accounts go into a sketch of their day, which can
/// only overstate them.
struct Past: ~Copyable {
  struct Slot {
    /// 0 in a slot that is given up.
    var users: Int32
    /// The window of the slot before, counted from 1; 0 where there is none.
    var window: UInt32
    /// The slot's place in it.
    var place: UInt32

    /// The slot before.
    var before: Link { Link(window: window, place: place) }
  }
  struct Window {
    var number: Int64
    var slots: [Slot] = []
  }
  /// Where a key's last slot is, which links to those before: its window's count, 0 where there is none, and its place.
  struct Link: Equatable {
    var window: UInt32
    var place: UInt32

    /// What was not asked for yet.
    static let unknown = Link(window: .max, place: 0)
    static let none = Link(window: 0, place: 0)
  }

  /// Slots that may be held.
  let limit: Int
  /// How many windows the baseline reaches back.
  private let reach: Int64
  /// The length of a window, in ms.
  private let length: Int64
  private(set) var windows: [Window] = []
  /// What the first of `windows` counts as.
  private(set) var first: UInt32 = 1
  /// By key, the last slot: of keys whose link nobody has taken.
  var heads = KeyTable()
  /// Slots that are held.
  private(set) var count = 0
  /// Windows with at most so many accounts go into the sketch; 0 while all fit.
  private(set) var light: Int32 = 0
  private(set) var tail: TailSketch
  /// By key, when it last trended.
  var episodes: [UInt64: TrendEpisode] = [:]

  init(_ settings: TrendSettings, _ plan: MemoryPlan) {
    limit = plan.slots
    reach = settings.baseline / settings.window
    length = settings.window
    tail = TailSketch(windows: max(86_400_000 / settings.window, 1), width: plan.sketchWidth)
  }

  /// Whether some of the past is known from a sketch only.
  var isSketched: Bool { !tail.isEmpty }

  // MARK: Writing

  /// Begins tumbling window `number`, later than all before.
  mutating func begin(_ number: Int64) { windows.append(Window(number: number)) }

  /// Adds a key's accounts to the window that was begun, where it has no slot yet.
  mutating func add(_ key: UInt64, users: Int32) {
    if users <= light { return addLight(key, users: users) }
    let before = take(key)
    let window = windows.count - 1
    give(key, Link(window: first + UInt32(window), place: UInt32(windows[window].slots.count)))
    windows[window].slots.append(Slot(users: users, window: before.window, place: before.place))
    count += 1
  }

  /// Adds the accounts of entries, each of which stands for 2ˡ, to the window that was begun, where they have no slots yet;
  /// their links are known. - Returns: those that are light, for `addLight`.
  mutating func add(_ numbers: [UInt32], _ entries: inout [TrendEntry], level: UInt8) -> [UInt32] {
    let own = first + UInt32(windows.count - 1)
    var slots: [Slot] = []
    if self.light == 0 { slots.reserveCapacity(numbers.count) }
    var light: [UInt32] = []
    var entries = entries.mutableSpan
    for number in numbers {
      let users = Int32(clamping: Int(entries[Int(number)].users) << Int(level))
      if users <= self.light {
        light.append(number)
        continue
      }
      let last = entries[Int(number)].last
      entries[Int(number)].last = Link(window: own, place: UInt32(slots.count))
      slots.append(Slot(users: users, window: last.window >= first ? last.window : 0, place: last.place))
    }
    count += slots.count
    // Without the room that an array leaves for growth.
    windows[windows.count - 1].slots = self.light == 0 ? slots : slots.map { $0 }
    return light
  }

  /// Adds a key's accounts in the window that was begun to the sketch.
  mutating func addLight(_ key: UInt64, users: Int32) {
    tail.add(key, window: windows[windows.count - 1].number, users: users)
  }

  /// Ends the window: drops what the baseline has left, and makes room. - Returns: whether windows before were moved into
  /// the sketch; else what is known of them has not become less.
  @discardableResult
  mutating func end() -> Bool {
    guard let last = windows.last?.number else { return false }
    drop(before: last - reach - 1)
    if count > limit {
      lighten()
      return true
    }
    if light > 0, count <= limit / 2 { light -= 1 }
    return false
  }

  private mutating func drop(before oldest: Int64) {
    var gone = 0
    while gone < windows.count, windows[gone].number < oldest {
      count -= windows[gone].slots.count
      gone += 1
    }
    if gone > 0 {
      windows.removeFirst(gone)
      first += UInt32(gone)
    }
    tail.drop(before: oldest)
    if tail.isEmpty { light = 0 }
    if heads.count > 1024 + count + count / 2 {
      let first = first
      heads.replaceValues { _, value in Self.link(value).window >= first ? value : nil }
    }
    if !episodes.isEmpty {
      episodes = episodes.filter { $0.value.last >= oldest * length }
    }
  }

  // MARK: Making room

  // Moves the lightest slots into the sketch, until a quarter of the room is free.
  private mutating func lighten() {
    var counts = [Int](repeating: 0, count: 4096)
    for window in windows { for slot in window.slots { counts[min(Int(slot.users), 4095)] += 1 } }
    var kept = count
    var bound = 0
    while kept > limit - limit / 4, bound < 4095 {
      kept -= counts[bound]
      bound += 1
    }
    light = max(light, Int32(bound - 1))
    unlink()
    compact()
  }

  // Links over the slots that are light, which are counted in the sketch and given up.
  private mutating func unlink() {
    var windows: [Window] = []
    swap(&windows, &self.windows)
    // Taken out and not copied: it is large.
    var tail = TailSketch(windows: 1, width: 1)
    swap(&tail, &self.tail)
    let (first, light) = (first, light)
    heads.replaceValues { key, value in
      var head: Link?
      // The last slot that is kept, to be linked on.
      var last: Link?
      var next = Self.link(value)
      while next.window >= first {
        let here = next
        let window = Int(here.window - first)
        let slot = windows[window].slots[Int(here.place)]
        next = slot.before
        if slot.users <= light {
          tail.add(key, window: windows[window].number, users: slot.users)
          windows[window].slots[Int(here.place)].users = 0
          continue
        }
        if let last { Self.link(&windows, last, to: here, first) } else { head = here }
        last = here
      }
      if let last { Self.link(&windows, last, to: .none, first) }
      return head.map { Self.value($0) }
    }
    swap(&tail, &self.tail)
    swap(&windows, &self.windows)
  }

  private static func link(_ windows: inout [Window], _ slot: Link, to other: Link, _ first: UInt32) {
    let window = Int(slot.window - first)
    windows[window].slots[Int(slot.place)].window = other.window
    windows[window].slots[Int(slot.place)].place = other.place
  }

  // Closes the gaps.
  private mutating func compact() {
    var places: [[UInt32]] = []
    count = 0
    for index in windows.indices {
      var next: UInt32 = 0
      places.append(
        windows[index].slots.map { slot in
          if slot.users > 0 { next += 1 }
          return slot.users > 0 ? next - 1 : .max
        })
      windows[index].slots.removeAll { $0.users == 0 }
      count += Int(next)
    }
    for index in windows.indices {
      for slot in windows[index].slots.indices {
        let before = windows[index].slots[slot]
        if before.window < first { continue }
        windows[index].slots[slot].place = places[Int(before.window - first)][Int(before.place)]
      }
      // An array keeps the memory of what was removed.
      windows[index].slots = windows[index].slots.map { $0 }
    }
    let first = first
    heads.replaceValues { _, value in
      let head = Self.link(value)
      return Self.value(Link(window: head.window, place: places[Int(head.window - first)][Int(head.place)]))
    }
  }

  // MARK: A state

  /// Sets what a state had, before anything else. Windows rise.
  mutating func restore(light: Int32, windows: [Int64]) {
    self.light = light
    self.windows = windows.map { Window(number: $0) }
  }

  /// Adds a key's slots, in order: places in `windows` and accounts.
  mutating func restore(_ key: UInt64, _ slots: [(window: Int, users: Int32)]) {
    var before = Link.none
    for slot in slots {
      let place = UInt32(windows[slot.window].slots.count)
      windows[slot.window].slots.append(Slot(users: slot.users, window: before.window, place: before.place))
      before = Link(window: first + UInt32(slot.window), place: place)
    }
    heads.set(key, Self.value(before))
    count += slots.count
  }

  /// Sets a counter of a day's sketch.
  mutating func restore(period: Int64, _ counter: Int, _ value: UInt32) {
    tail.set(period: tail.place(period), counter, value)
  }
}
