internal import Bytes

/// Runs a plan: starts what can start, watches over it, and publishes everything or nothing.
///
/// The runner holds the write end of every pipe until its producer has ended well, so no reader can take the end of a
/// broken producer for the end of the data. Outputs stay under temporary names until every stage has ended well or says
/// at its gate that only its commit is left. Call it from a thread that outlives the run: the children die with it.
public struct PipelineRun: ~Copyable {
  private let plan: RunPlan
  private let options: RunOptions
  private var stages: [RunningStage] = []
  private var staging = Staging()
  private var waitingGroups: [[Int]]
  /// For each stage, those that read its output.
  private let readers: [[Int]]
  private var failure: RunFailure?
  private var pumpsDone: (read: Int32, write: Int32) = (-1, -1)
  private var lastTick = 0.0

  /// A run of `plan`.
  public init(_ plan: RunPlan, _ options: RunOptions) {
    self.plan = plan
    self.options = options
    waitingGroups = plan.groups
    var readers = Array(repeating: [Int](), count: plan.stages.count)
    for (number, stage) in plan.stages.enumerated() {
      if let from = stage.from { readers[from].append(number) }
    }
    self.readers = readers
  }

  /// Runs it to its end.
  public consuming func run() -> PipelineReport {
    do {
      try prepare()
      try work()
      if failure == nil { try commit() }
    } catch let error as SystemError {
      fail(.system(error))
    } catch let error as MissingOutput {
      fail(.missingOutput(stage: error.stage, path: error.path))
    } catch {
      fail(.system(SystemError(operation: "run", path: plan.name, code: 0)))
    }
    if failure != nil {
      stopAll()
      staging.discard()
    }
    closeAll()
    let now = Syscalls.monotonicSeconds()
    return PipelineReport(stages: stages.map { $0.report(now: now) }, failure: failure)
  }

  private mutating func fail(_ reason: RunFailure) {
    if failure == nil { failure = reason }
  }

  private mutating func prepare() throws(SystemError) {
    // A child's descriptors are put in the places of 0, 1 and 2, which must not hold our own pipes.
    while true {
      let descriptor = try Syscalls.openDevice("/dev/null")
      if descriptor > 2 {
        Syscalls.closeQuietly(descriptor)
        break
      }
    }
    pumpsDone = try Pipes.make()
    stages = try staging.prepare(plan).map { RunningStage($0) }
    staging.sweep()
    for (number, stage) in stages.enumerated() {
      // An input of another stage's making is under its temporary name, and not there yet.
      guard let input = stage.plan.input, input == plan.stages[number].input, stage.plan.after.isEmpty else {
        continue
      }
      Syscalls.closeQuietly(try Syscalls.openRead(input))
    }
  }

  // MARK: The loop

  private mutating func work() throws(SystemError) {
    while failure == nil {
      try startGroups()
      if waitingGroups.isEmpty && stages.allSatisfy(\.isSettled) { return }
      try watch(milliseconds: nil)
      settle()
    }
  }

  private mutating func startGroups() throws(SystemError) {
    if waitingGroups.isEmpty { return }
    var active = plan.groups.count { $0.contains { stages[$0].child != nil && !stages[$0].isSettled } }
    var left: [[Int]] = []
    for group in waitingGroups {
      let before = Set(group.flatMap { stages[$0].plan.after })
      for number in before where stages[number].isReady && stages[number].isAlive {
        // An index that a later stage reads is committed as soon as all that it is made from is whole.
        if groupIsSettled(of: number) { openGate(number) }
      }
      if active < options.parallelGroups, before.allSatisfy({ stages[$0].isDone && stages[$0].isFlushed }) {
        var starter = GroupStarter(stages, environment: plan.environment, done: pumpsDone.write)
        try starter.start(group, into: &stages)
        active += 1
      } else {
        left.append(group)
      }
    }
    waitingGroups = left
  }

  private func groupIsSettled(of number: Int) -> Bool {
    plan.groups.first { $0.contains(number) }?.allSatisfy { stages[$0].isSettled } ?? false
  }

  private mutating func openGate(_ number: Int) {
    guard stages[number].gateAnswer >= 0 else { return }
    _ = try? Syscalls.writeAll(stages[number].gateAnswer, [UInt8(ascii: "C")].span, path: "commit gate")
    RunningStage.close(&stages[number].gateAnswer)
  }

  /// Waits for something to happen, and notes it.
  private mutating func watch(milliseconds limit: Int?) throws(SystemError) {
    var descriptors = [pumpsDone.read]
    if let interrupts = options.interrupts { descriptors.append(interrupts.descriptor) }
    // Every end is an event; the second is for what no kernel promises.
    var timeout = min(limit ?? 1000, options.tick == nil ? 1000 : 200)
    for stage in stages where stage.child != nil {
      if stage.errors >= 0 { descriptors.append(stage.errors) }
      if stage.gateReady >= 0 && !stage.isReady { descriptors.append(stage.gateReady) }
      if let child = stage.child, stage.end == nil {
        if child.watch >= 0 { descriptors.append(child.watch) } else { timeout = min(timeout, 20) }
      }
    }
    let isReadable = try Syscalls.wait(for: descriptors, milliseconds: timeout)
    let readable = Set(zip(descriptors, isReadable).filter(\.1).map(\.0))
    if readable.contains(pumpsDone.read) { _ = drain(pumpsDone.read) }
    if let interrupts = options.interrupts, readable.contains(interrupts.descriptor),
      let signal = interrupts.next()
    {
      if failure != nil { for stage in stages where stage.isAlive { stage.child?.signal(Signals.kill) } }
      fail(.interrupted(signal))
    }
    for number in stages.indices where stages[number].child != nil {
      if readable.contains(stages[number].errors) { readErrors(number) }
      if readable.contains(stages[number].gateReady) && !stages[number].isReady { readGate(number) }
      if stages[number].end == nil, let end = stages[number].child?.end() { noteEnd(number, end) }
    }
    tick()
  }

  private mutating func noteEnd(_ number: Int, _ end: ProcessEnd) {
    stages[number].end = end
    stages[number].finished = Syscalls.monotonicSeconds()
    if let watch = stages[number].child?.watch, watch >= 0 { Syscalls.closeQuietly(watch) }
    // What it said last; grandchildren that live on may hold the pipe, so not to its end.
    while stages[number].errors >= 0,
      (try? Syscalls.wait(for: [stages[number].errors], milliseconds: 0)) == [true]
    {
      readErrors(number)
    }
    RunningStage.close(&stages[number].errors)
    if let line = options.line {
      let name = stages[number].plan.name
      stages[number].lines.finish { line(name, $0) }
    } else {
      stages[number].lines.finish { _ in }
    }
  }

  /// Draws every conclusion from what is known: one stage's end may settle the next.
  private mutating func settle() {
    while failure == nil && (releaseEnds() || judge()) {}
  }

  /// Tells failures from broken pipes that are none: a reader that has enough may leave. - Returns: something changed.
  private mutating func judge() -> Bool {
    var changed = false
    for number in stages.indices {
      guard let end = stages[number].end, !stages[number].isDone, !stages[number].isStopped else { continue }
      if end.isBrokenPipe && !readers[number].isEmpty && readersHaveLeft(number) != false {
        // They may still fail themselves, and then it is their failure.
        guard readersHaveLeft(number) == true, readers[number].allSatisfy({ stages[$0].isSettled }) else {
          continue
        }
        stages[number].isExcused = true
        changed = true
      } else {
        fail(.stage(number, end))
      }
    }
    return changed
  }

  /// Whether nobody reads a stage's output any more; nil while that is not known.
  private func readersHaveLeft(_ number: Int) -> Bool? {
    if let pump = stages[number].pump { return pump.finished.map { $0.open.allSatisfy(\.isFile) } }
    return Syscalls.hasNoReader(stages[number].held)
  }

  /// Lets readers see the end of what is whole. - Returns: something changed.
  private mutating func releaseEnds() -> Bool {
    var changed = false
    for number in stages.indices {
      let outcome = stages[number].pump?.finished
      // A pump whose file cannot be written stops its stage by a broken pipe; the disk is the reason, not the stage.
      if let error = outcome?.failure { fail(.system(error)) }
      guard failure == nil, stages[number].isDone || stages[number].isReady else { continue }
      RunningStage.close(&stages[number].held)
      guard !stages[number].isFlushed, let outcome else { continue }
      for sink in outcome.open { Syscalls.closeQuietly(sink.descriptor) }
      stages[number].isFlushed = true
      changed = true
    }
    return changed
  }

  private mutating func tick() {
    guard let tick = options.tick else { return }
    let now = Syscalls.monotonicSeconds()
    if now - lastTick < 0.2 { return }
    lastTick = now
    tick(stages.map { $0.report(now: now) })
  }

  // MARK: Reading

  private func drain(_ descriptor: Int32) -> [UInt8] {
    var buffer = ByteBuffer(capacity: 1 << 16)
    _ = try? buffer.append(upTo: 1 << 16) { (room) throws(SystemError) -> Int in
      try Syscalls.read(descriptor, into: &room, path: "pipe")
    }
    return buffer.span.array
  }

  private mutating func readErrors(_ number: Int) {
    let bytes = drain(stages[number].errors)
    if bytes.isEmpty { return RunningStage.close(&stages[number].errors) }
    let name = stages[number].plan.name
    let line = options.line
    stages[number].lines.add(bytes.span) { line?(name, $0) }
  }

  private mutating func readGate(_ number: Int) {
    if drain(stages[number].gateReady).first == UInt8(ascii: "R") {
      stages[number].isReady = true
    } else {
      // It ends, or has closed the gate: it is waited for like any other.
      RunningStage.close(&stages[number].gateReady)
    }
  }

  // MARK: The end

  /// Indexes first, readers before their producers; then files; states last, and the ledgers of their stages.
  private mutating func commit() throws {
    try syncFiles()
    let order = plan.groups.joined().reversed()
    try open(order.filter { !stages[$0].plan.keepsState })
    if failure != nil { return }
    try syncFiles()
    try staging.publish()
    try open(order.filter { stages[$0].plan.keepsState })
    if failure != nil { return }
    try syncFiles()
    try staging.publish()
  }

  private mutating func syncFiles() throws {
    let stages = stages
    try staging.sync { stages[$0].isAlive }
  }

  private mutating func open(_ gates: [Int]) throws(SystemError) {
    for number in gates where stages[number].isAlive {
      openGate(number)
      while stages[number].isAlive && failure == nil { try watch(milliseconds: nil) }
      settle()
      if failure != nil { return }
    }
  }

  private mutating func stopAll() {
    for number in stages.indices where stages[number].isAlive {
      stages[number].isStopped = true
      stages[number].child?.signal(Signals.terminate)
    }
    var deadline = Syscalls.monotonicSeconds() + options.grace
    while stages.contains(where: \.isAlive) {
      let left = deadline - Syscalls.monotonicSeconds()
      if left <= 0 {
        for stage in stages where stage.isAlive { stage.child?.signal(Signals.kill) }
        deadline = .infinity
      }
      _ = try? watch(milliseconds: left.isFinite ? max(1, Int(left * 1000)) : nil)
    }
    // Grandchildren that would not hear.
    for stage in stages where stage.isStopped { stage.child?.signal(Signals.kill) }
  }

  private mutating func closeAll() {
    let deadline = Syscalls.monotonicSeconds() + 1
    for number in stages.indices {
      RunningStage.close(&stages[number].held)
      RunningStage.close(&stages[number].errors)
      stages[number].closeGate()
      defer { if stages[number].pump?.finished != nil { stages[number].pump?.join() } }
      guard !stages[number].isFlushed, let pump = stages[number].pump else { continue }
      // Its readers and writers are dead; only a stranger that kept the pipe could hold it up, and is not waited for.
      while pump.finished == nil && Syscalls.monotonicSeconds() < deadline {
        _ = try? Syscalls.wait(for: [pumpsDone.read], milliseconds: 10)
      }
      for sink in pump.finished?.open ?? [] { Syscalls.closeQuietly(sink.descriptor) }
    }
    // A pump that is still at work will say so later: its descriptor stays.
    if stages.allSatisfy({ $0.pump == nil || $0.pump?.finished != nil }) {
      RunningStage.close(&pumpsDone.read)
      RunningStage.close(&pumpsDone.write)
    }
  }
}
