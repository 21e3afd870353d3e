public import Timelines

/// How timelines are made.
public struct FanoutSettings: Sendable {
  /// Authors with fewer followers are pushed, the others pulled when a timeline is read.
  public var pushBelow = 10_000
  /// The most tweets that a timeline keeps.
  public var cap = 800
  /// Users silent for so long before the newest event are not pushed to, in ms; nil pushes to all.
  public var activeFor: Int64?
  /// Whose timelines are made.
  public var shard = Shard.all
  /// Threads at work.
  public var threads = 1

  /// The contract's defaults.
  public init() {}
}
