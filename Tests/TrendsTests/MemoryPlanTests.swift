import Testing

@testable import Trends

@Suite struct MemoryPlanTests {
  static func plan(_ memory: Int, lateness: Int64 = 600_000, baseline: Int64 = 7 * 86_400_000) -> MemoryPlan {
    var settings = TrendSettings()
    settings.memory = memory
    settings.lateness = lateness
    settings.baseline = baseline
    return MemoryPlan(settings)
  }

  @Test("what is planned for fits into what is given, beside the program itself")
  func fits() {
    for memory in [100_000_000, 256_000_000, 1 << 30, 1 << 34] {
      for lateness in [0, 600_000, 3_600_000] as [Int64] {
        let plan = Self.plan(memory, lateness: lateness)
        let open = (Int(lateness / 300_000) + 2) * plan.stepUses
        let sum =
          (plan.windowUses + open) * MemoryPlan.use + plan.slots * MemoryPlan.slot + plan.sketchWidth * 8 * 9
        #expect(sum + MemoryPlan.process <= memory)
      }
    }
  }

  @Test("a baseline for which no sketch of use fits is told") func narrow() {
    var settings = TrendSettings()
    settings.memory = 1 << 20
    #expect(settings.problem == nil)
    settings.baseline = 3000 * 86_400_000
    #expect(settings.problem?.contains("expected more memory") ?? false)
  }

  @Test("more memory than there is makes no sum overflow") func most() {
    var settings = TrendSettings()
    settings.memory = .max
    #expect(settings.problem == nil)
    settings.memory = 0
    #expect(settings.problem != nil)
  }

  @Test("a lateness that keeps too many steps open is told; one of months is not") func late() {
    var settings = TrendSettings()
    settings.lateness = 300 * 86_400_000
    #expect(settings.problem == nil)
    settings.lateness = 1000 * 86_400_000
    #expect(settings.problem?.contains("less lateness") ?? false)
    settings.step = settings.window
    #expect(settings.problem == nil)
  }
}
