internal import Bytes

/// A stage while it runs: its process and the runner's ends of its pipes.
struct RunningStage {
  let plan: PlannedStage
  var child: ChildProcess?
  var end: ProcessEnd?
  /// It said at the gate that it is ready.
  var isReady = false
  /// We ended it.
  var isStopped = false
  /// Its broken pipe was found to be its reader's good right.
  var isExcused = false
  var lines = LastLines()
  var started = 0.0
  var finished = 0.0

  /// Where its standard error comes from.
  var errors: Int32 = -1
  /// The write end of the pipe to its only reader, held until it has ended well.
  var held: Int32 = -1
  /// Copies its output to several readers.
  var pump: Pump?
  /// The pump's sinks are closed.
  var isFlushed = true
  /// Its word that it is ready.
  var gateReady: Int32 = -1
  /// Our answer; and the other end of it, kept so that answering a dead stage is no SIGPIPE.
  var gateAnswer: Int32 = -1
  var gateAnswerRead: Int32 = -1

  init(_ plan: PlannedStage) { self.plan = plan }

  /// It ended with a status that means success.
  var isDone: Bool {
    switch end {
    case .exited(let status): plan.accepted.contains(status) || isExcused
    case .killed: isExcused
    case nil: false
    }
  }

  /// Its output is whole; only a commit may be left.
  var isSettled: Bool { (isDone || isReady && end == nil) && isFlushed }

  var isAlive: Bool { child != nil && end == nil }

  var state: StageState {
    guard child != nil else { return .waiting }
    guard let end else { return isReady ? .ready : .running }
    return isStopped ? .stopped : isDone ? .done(end) : .failed(end)
  }

  func report(now: Double) -> StageReport {
    let until = end == nil ? now : finished
    return StageReport(
      name: plan.name, state: state, seconds: child == nil ? 0 : until - started, lastLines: lines.text)
  }

  /// Closes what is open of the given descriptors and forgets it.
  static func close(_ descriptors: inout Int32) {
    if descriptors >= 0 { Syscalls.closeQuietly(descriptors) }
    descriptors = -1
  }

  mutating func closeGate() {
    Self.close(&gateReady)
    Self.close(&gateAnswer)
    Self.close(&gateAnswerRead)
  }
}
