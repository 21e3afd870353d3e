public import Bytes

/// Where a stage is.
public enum StageState: Equatable, Sendable {
  /// Not started.
  case waiting
  /// Started.
  case running
  /// Its work is done, and it asks whether it may commit.
  case ready
  /// Ended well.
  case done(ProcessEnd)
  /// Ended badly.
  case failed(ProcessEnd)
  /// Ended by us, because another one failed.
  case stopped
}

/// A stage of a run.
public struct StageReport: Sendable {
  /// Its name.
  public var name: String
  /// Where it is.
  public var state: StageState
  /// How long it has run.
  public var seconds: Double
  /// The last lines of its standard error.
  public var lastLines: [String]
}

/// Why a run failed.
public enum RunFailure: Sendable {
  /// A stage ended badly; its number in the file's order.
  case stage(Int, ProcessEnd)
  /// The runner itself could not do something.
  case system(SystemError)
  /// A stage did not write a file that it declares.
  case missingOutput(stage: Int, path: String)
  /// A signal to the runner.
  case interrupted(Int32)
}

/// What a run did.
public struct PipelineReport: Sendable {
  /// In the file's order.
  public var stages: [StageReport]
  /// Nil when every stage ended well and all outputs are in their places.
  public var failure: RunFailure?
}

/// How a run is to be done.
public struct RunOptions: Sendable {
  /// How many groups of connected stages may run at once.
  public var parallelGroups: Int
  /// Seconds between asking stages to end and killing them.
  public var grace: Double
  /// Signals that end the run.
  public var interrupts: Interrupts?
  /// Told every line of a stage's standard error as it comes.
  public var line: (@Sendable (String, String) -> Void)?
  /// Told the state of all stages, about five times a second.
  public var tick: (@Sendable ([StageReport]) -> Void)?

  /// Options with the usual grace of two seconds.
  public init(
    parallelGroups: Int, grace: Double = 2, interrupts: Interrupts? = nil,
    line: (@Sendable (String, String) -> Void)? = nil, tick: (@Sendable ([StageReport]) -> Void)? = nil
  ) {
    self.parallelGroups = max(1, parallelGroups)
    self.grace = grace
    self.interrupts = interrupts
    self.line = line
    self.tick = tick
  }
}
