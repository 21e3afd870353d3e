/// What the steps of the window hold together, kept up as steps enter and leave it: a window of a day has 86,400 steps of a
/// second, which were added up for each.
struct WindowLoad {
  /// Uses of all steps.
  private(set) var uses = 0
  // Steps of each level.
  private var levels = [Int](repeating: 0, count: Int(StepUses.sparsest) + 1)

  /// The greatest level of any step; 0 where there is none.
  var level: UInt8 { UInt8(levels.lastIndex { $0 > 0 } ?? 0) }
  /// The least.
  var lowest: UInt8 { UInt8(levels.firstIndex { $0 > 0 } ?? 0) }

  /// A step enters the window.
  mutating func enter(_ step: borrowing StepUses) {
    uses += step.entries.count
    levels[Int(step.level)] += 1
  }

  /// A step leaves it, as it entered.
  mutating func leave(_ step: borrowing StepUses) {
    uses -= step.entries.count
    levels[Int(step.level)] -= 1
  }
}
