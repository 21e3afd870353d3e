internal import Bytes
internal import YAML

/// Who feeds whom, by pipe or by file: finds the order of the stages, and what makes an order impossible.
struct StageGraph {
  private(set) var stages: [PlannedStage]
  /// Stages connected by pipes, in an order in which they can be run.
  private(set) var groups: [[Int]] = []
  private(set) var faults: [Fault] = []
  private var groupOf: [Int] = []

  init(_ stages: [PlannedStage]) { self.stages = stages }

  /// Fills in `after` and `groups`. - Complexity: O(stages + files).
  mutating func connect() {
    connectFiles()
    let pipes = stages.indices.map { stages[$0].from.map { [$0] } ?? [] }
    if let cycle = Self.cycle(pipes) {
      report(cycle, "stages whose pipes come to an end")
      return
    }
    formGroups()
    orderGroups()
  }

  // MARK: Files

  /// A path without `.`, `..` and doubled slashes, as far as text can tell.
  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    let isAbsolute = path.hasPrefix("/")
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  /// What a stage writes, and what it reads: from `to`, `in`, `writes`, `reads` and its tool's own options.
  static func files(_ stage: PlannedStage) -> (writes: [String], reads: [String]) {
    var writes = stage.declaredWrites + (stage.output.map { [$0] } ?? [])
    var reads = stage.declaredReads + (stage.input.map { [$0] } ?? [])
    for access in stage.accesses {
      switch access.role {
      case .plain: break
      case .reads: reads.append(access.path)
      case .writes, .updates: writes.append(access.path)
      case .folder:
        // A tool that keeps folders may also only look at one, and the pipeline says so by `reads`.
        let isInput = stage.declaredReads.contains { normal($0) == normal(access.path) }
        if stage.asksGate && !isInput { writes.append(access.path) } else { reads.append(access.path) }
      }
    }
    return (writes, reads)
  }

  // What a command writes under `to` would be lost: one of the two takes the other's place.
  private mutating func checkOutput(_ stage: PlannedStage) {
    guard let output = stage.output.map(Self.normal), !output.hasPrefix("/dev/") else { return }
    for access in stage.accesses where access.role == .writes || access.role == .updates {
      if Self.normal(access.path) != output { continue }
      faults.append(
        Fault(
          stage.mark, expected: "\(stage.name) to write \(output) once",
          found: "to, and an option of its command",
          hint: "give one of them another path"))
    }
  }

  private mutating func connectFiles() {
    var writers: [String: Int] = [:]
    for (number, stage) in stages.enumerated() {
      checkOutput(stage)
      // A path may be named twice by one stage, as `writes` and in its command.
      for path in Set(Self.files(stage).writes.map(Self.normal)).sorted() where !path.hasPrefix("/dev/") {
        if let other = writers.updateValue(number, forKey: path) {
          faults.append(
            Fault(
              stage.mark, expected: "one stage to write \(path)",
              found: "\(stages[other].name) and \(stage.name)",
              hint: "give one of them another path"))
        }
      }
    }
    for number in stages.indices {
      var before: Set<Int> = []
      for path in Self.files(stages[number]).reads {
        // What lies in a folder that a stage writes comes from that stage, too.
        var part = Self.normal(path)
        while true {
          if let writer = writers[part], writer != number { before.insert(writer) }
          let parent = Paths.parent(part)
          if parent == part || parent == "." { break }
          part = parent
        }
      }
      stages[number].after = before.sorted()
    }
  }

  // MARK: Groups

  private mutating func formGroups() {
    // Every stage has at most one `from` and there is no cycle: its group is that of the first in its chain.
    var root = Array(repeating: -1, count: stages.count)
    for number in stages.indices {
      var chain: [Int] = []
      var at = number
      while root[at] < 0, let from = stages[at].from {
        chain.append(at)
        at = from
      }
      if root[at] < 0 { root[at] = at }
      for member in chain { root[member] = root[at] }
    }
    var numberOfRoot: [Int: Int] = [:]
    groupOf = Array(repeating: 0, count: stages.count)
    for stage in stages.indices {
      let group = numberOfRoot[root[stage]] ?? groups.count
      if group == groups.count {
        groups.append([])
        numberOfRoot[root[stage]] = group
      }
      groups[group].append(stage)
      groupOf[stage] = group
    }
  }

  private mutating func orderGroups() {
    var edges = Array(repeating: Set<Int>(), count: groups.count)
    for (number, stage) in stages.enumerated() {
      for before in stage.after {
        if groupOf[before] == groupOf[number] {
          faults.append(
            Fault(
              stage.mark,
              expected: "\(stage.name) to start after \(stages[before].name), whose file it reads",
              found: "both connected by pipes, which run at once",
              hint: "read the file in a stage that no pipe connects, or take it from the pipe"))
        } else {
          edges[groupOf[number]].insert(groupOf[before])
        }
      }
    }
    if !faults.isEmpty { return }
    let sorted = edges.map { $0.sorted() }
    if let cycle = Self.cycle(sorted) {
      report(
        cycle.map { groups[$0][0] }, "stages that can be put into an order by the files they read and write")
      return
    }
    groups = Self.order(sorted).map { groups[$0] }
  }

  private mutating func report(_ cycle: [Int], _ expected: String) {
    let names = cycle.map { stages[$0].name }
    // Written the way the data flows, from the stage that stands first in the file.
    let path = (names + [names[0]]).reversed().joined(separator: " → ")
    faults.append(Fault(stages[cycle[0]].mark, expected: expected, found: "the cycle \(path)"))
  }

  /// Some cycle of a graph given by predecessors, beginning at its smallest number; nil when there is none.
  ///
  /// Iterative: a chain of ten thousand stages must not end the stack.
  static func cycle(_ before: [[Int]]) -> [Int]? {
    var state = Array(repeating: UInt8(0), count: before.count)
    for start in before.indices where state[start] == 0 {
      var path: [(node: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let top = path.last {
        if top.next == before[top.node].count {
          state[top.node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let node = before[top.node][top.next]
        if state[node] == 1 {
          let loop = path[(path.firstIndex { $0.node == node } ?? 0)...].map(\.node)
          guard let least = loop.indices.min(by: { loop[$0] < loop[$1] }) else { return loop }
          return Array(loop[least...] + loop[..<least])
        }
        if state[node] == 0 {
          state[node] = 1
          path.append((node, 0))
        }
      }
    }
    return nil
  }

  /// Predecessors first, otherwise in order of number. The graph has no cycle.
  static func order(_ before: [[Int]]) -> [Int] {
    var done = Array(repeating: false, count: before.count)
    var order: [Int] = []
    for start in before.indices {
      var path: [(node: Int, next: Int)] = done[start] ? [] : [(start, 0)]
      while let top = path.last {
        if top.next < before[top.node].count {
          path[path.count - 1].next += 1
          if !done[before[top.node][top.next]] { path.append((before[top.node][top.next], 0)) }
          continue
        }
        if !done[top.node] { order.append(top.node) }
        done[top.node] = true
        path.removeLast()
      }
    }
    return order
  }
}
