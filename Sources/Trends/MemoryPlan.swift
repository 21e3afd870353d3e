/// How much is held exactly, by `--memory`: numbers of things and not bytes of the machine, so that the same input and
/// options give the same rows everywhere.
struct MemoryPlan: Equatable, Sendable {
  /// What the program takes beside what it counts: chunks being read on two threads, tables of a batch, the program.
  /// Measured: 39 MB with next to no budget, and a third more for what comes and goes.
  static let process = 60 << 20
  /// Bytes of a use: itself, its part of the tweet, the entry, the account, the term.
  static let use = 72
  /// Bytes of a slot of the past and its part of the table of keys.
  static let slot = 36
  /// A sketch narrower than this tells nothing.
  static let narrowest = 256

  /// More bytes than any machine has; sums with them do not overflow.
  private static let most = 1 << 50

  /// Steps that may be open at one time, by the lateness.
  let openSteps: Int
  /// Uses that the steps of a window hold, and those of one step.
  let windowUses: Int
  let stepUses: Int
  /// Slots of the past.
  let slots: Int
  /// Counters of a row of a day's sketch: a power of two.
  let sketchWidth: Int

  init(_ settings: TrendSettings) {
    let given = min(settings.memory, Self.most)
    let memory = max(given - Self.process, given / 4)
    // The steps that are open hold half as much as the window, in as many parts as there are of them.
    openSteps = Int(settings.lateness / settings.step) + 2
    windowUses = max(memory * 2 / 5 / Self.use * 2 / 3, 4096)
    stepUses = max(windowUses / 2 / openSteps, 1024)
    slots = max(memory * 7 / 20 / Self.slot, 1024)
    let periods = Int(settings.baseline / max(settings.window, 86_400_000)) + 2
    var width = 1
    while width * 2 * periods * 8 <= memory / 4 { width *= 2 }
    sketchWidth = width
  }

  /// Whether so many steps may be open that keeping them apart is too much by itself. Fewer are accepted although a step
  /// holds 1,024 uses at least, so that a lateness of weeks can take more memory than is given when all of it is full:
  /// refusing would cost those whose dumps are merely out of order.
  var hasTooManySteps: Bool { openSteps > 100_000 }
}
