internal import Bytes

/// Starts the stages of one group: all pipes first, then all processes.
struct GroupStarter {
  private let stages: [RunningStage]
  private let environment: [String]
  private let done: Int32
  private var inputs: [Int: Int32] = [:]
  private var outputs: [Int: Int32] = [:]
  /// What only the children need.
  private var transient: [Int32] = []
  private var pumps: [(stage: Int, source: Int32, sinks: [Pump.Sink])] = []
  private var held: [Int: Int32] = [:]

  /// Bytes that a pipe between stages holds.
  static let pipeCapacity = 1 << 20

  /// - Parameters:
  ///   - environment: what the stages inherit.
  ///   - done: where pumps say that they are done.
  init(_ stages: [RunningStage], environment: [String], done: Int32) {
    self.stages = stages
    self.environment = environment
    self.done = done
  }

  /// Starts the stages of `group` in `running`. When it throws, those that were started are in `running`.
  mutating func start(_ group: [Int], into running: inout [RunningStage]) throws(SystemError) {
    defer { for descriptor in transient { Syscalls.closeQuietly(descriptor) } }
    do throws(SystemError) {
      for number in group { try connect(number, group) }
      for number in group { try start(number, &running) }
    } catch {
      for descriptor in held.values { Syscalls.closeQuietly(descriptor) }
      for pump in pumps {
        for descriptor in [pump.source] + pump.sinks.map(\.descriptor) { Syscalls.closeQuietly(descriptor) }
      }
      throw error
    }
    for (number, descriptor) in held { running[number].held = descriptor }
    for pump in pumps {
      running[pump.stage].isFlushed = false
      running[pump.stage].pump = Pump(from: pump.source, to: pump.sinks, done: done)
    }
  }

  private mutating func connect(_ number: Int, _ group: [Int]) throws(SystemError) {
    let stage = stages[number].plan
    let readers = group.filter { stages[$0].plan.from == number }
    if stage.from == nil {
      inputs[number] = try Syscalls.openRead(stage.input ?? "/dev/null")
      transient.append(inputs[number] ?? -1)
    }
    var sinks: [Pump.Sink] = []
    if let output = stage.output {
      // What is no new file is written to as it is.
      let file = try Syscalls.openWrite(output, append: !Staging.canReplace(output))
      sinks.append(Pump.Sink(descriptor: file, isFile: true, name: output))
    }
    if readers.isEmpty {
      // Without `to` and without reader it is the run's own standard output.
      outputs[number] = sinks.first?.descriptor ?? 1
      transient += sinks.map(\.descriptor)
      return
    }
    if readers.count == 1 && sinks.isEmpty {
      let pipe = try Pipes.make(capacity: Self.pipeCapacity)
      inputs[readers[0]] = pipe.read
      transient.append(pipe.read)
      outputs[number] = pipe.write
      held[number] = pipe.write
      return
    }
    for reader in readers {
      let pipe = try Pipes.make(capacity: Self.pipeCapacity)
      inputs[reader] = pipe.read
      transient.append(pipe.read)
      sinks.append(Pump.Sink(descriptor: pipe.write, isFile: false, name: stages[reader].plan.name))
    }
    let pipe = try Pipes.make(capacity: Self.pipeCapacity)
    outputs[number] = pipe.write
    transient.append(pipe.write)
    pumps.append((number, pipe.read, sinks))
  }

  private mutating func start(_ number: Int, _ running: inout [RunningStage]) throws(SystemError) {
    let stage = stages[number].plan
    let errors = try Pipes.make()
    transient.append(errors.write)
    var own = stage.environment
    var kept: (Int32, Int32)?
    if stage.asksGate {
      let ready = try Pipes.make()
      let answer = try Pipes.make()
      transient.append(ready.write)
      running[number].gateReady = ready.read
      running[number].gateAnswer = answer.write
      running[number].gateAnswerRead = answer.read
      kept = (answer.read, ready.write)
      own.append("\(CommitGate.variable)=\(answer.read),\(ready.write)")
    }
    running[number].errors = errors.read
    running[number].started = Syscalls.monotonicSeconds()
    running[number].child = try ChildProcess(
      stage.program, words: stage.words, environment: merged(own),
      descriptors: (inputs[number] ?? 0, outputs[number] ?? 1, errors.write), kept: kept)
  }

  /// What is inherited, with a stage's own variables in the place of those of the same name. A gate that this run may
  /// have itself is not its stages'.
  private func merged(_ own: [String]) -> [String] {
    let names = Set((own + [CommitGate.variable + "="]).map { $0.prefix { $0 != "=" } })
    return environment.filter { !names.contains($0.prefix { $0 != "=" }) } + own
  }
}
