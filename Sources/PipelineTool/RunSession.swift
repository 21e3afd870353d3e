internal import Bytes
internal import Pipelines
internal import Records
internal import ToolSupport

/// One `pipeline run` as people see it: a live line on a terminal, the last words of a stage that failed, the exit
/// status, and seconds and statuses for `--stats`.
struct RunSession {
  private let plan: RunPlan
  private let diagnostics: Diagnostics
  private let showsProgress: Bool
  private let threads: Int

  init(_ plan: RunPlan, _ context: ToolContext) {
    self.plan = plan
    diagnostics = context.diagnostics
    showsProgress = context.showsProgress
    threads = context.threads
  }

  func run(_ ledger: inout Ledger) throws -> ExitStatus {
    var options = RunOptions(parallelGroups: threads, interrupts: Interrupts())
    let diagnostics = diagnostics
    if diagnostics.isVerbose { options.line = { diagnostics.detail("\($0): \($1)") } }
    if showsProgress { options.tick = { StatusLine.draw($0) } }
    let report = PipelineRun(plan, options).run()
    if showsProgress { StatusLine.clear() }
    for stage in report.stages {
      ledger.add("\(stage.name).milliseconds", Int(stage.seconds * 1000))
      if let status = Self.status(stage.state) { ledger.add("\(stage.name).status", status) }
    }
    guard let failure = report.failure else {
      diagnostics.detail("\(plan.name): \(plan.stages.count) stages done")
      return .done
    }
    return try tell(failure, report)
  }

  private func tell(_ failure: RunFailure, _ report: PipelineReport) throws -> ExitStatus {
    switch failure {
    case .stage(let number, let end):
      let stage = plan.stages[number]
      if end == .killed(13), stage.output == nil, !plan.stages.contains(where: { $0.from == number }) {
        // Whoever read the run's own output has left: we end as the stage did.
        throw SystemError(operation: "write", path: "standard output", code: 32)
      }
      // With --verbose they were shown as they came.
      if !diagnostics.isVerbose {
        for line in report.stages[number].lastLines { diagnostics.plain("\(stage.name): \(line)") }
      }
      diagnostics.error("\(plan.name): stage \(stage.name) \(end.text); nothing was published")
      if case .exited(let status) = end { return ExitStatus(status == 0 ? ExitStatus.bug.code : status) }
      return .bug
    case .missingOutput(let number, let path):
      diagnostics.error(
        "\(plan.name): stage \(plan.stages[number].name) did not write \(path), which it declares",
        hint: "correct writes: in the pipeline; nothing was published")
      return .badConfiguration
    case .system(let error):
      if error.operation == "run" {
        diagnostics.error("\(error.path): cannot be run: \(error.reason)", hint: "nothing was published")
        return .badConfiguration
      }
      throw ToolError(error)
    case .interrupted(let signal):
      diagnostics.error("\(plan.name): ended by a signal; nothing was published")
      return ExitStatus(128 + signal)
    }
  }

  private static func status(_ state: StageState) -> Int? {
    switch state {
    case .done(.exited(let status)), .failed(.exited(let status)): Int(status)
    case .done(.killed(let signal)), .failed(.killed(let signal)): 128 + Int(signal)
    case .waiting, .running, .ready, .stopped: nil
    }
  }
}

/// The live line: `clean ✓ 2 s · tokens 5 s · index …`, on standard error.
enum StatusLine {
  static func draw(_ stages: [StageReport]) {
    let parts = stages.prefix(12).map { stage in
      switch stage.state {
      case .waiting: "\(stage.name) …"
      case .running: "\(stage.name) \(Int(stage.seconds)) s"
      case .ready: "\(stage.name) ready"
      case .done: "\(stage.name) ✓"
      case .failed: "\(stage.name) ✗"
      case .stopped: "\(stage.name) stopped"
      }
    }
    let more = stages.count > 12 ? " · and \(stages.count - 12) more" : ""
    write("\r" + parts.joined(separator: " · ") + more + "\u{1B}[K")
  }

  static func clear() { write("\r\u{1B}[K") }

  private static func write(_ text: String) {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    _ = try? Syscalls.writeAll(2, buffer.span, path: "standard error")
  }
}
