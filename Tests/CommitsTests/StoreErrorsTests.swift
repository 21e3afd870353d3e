import CommitTestSupport
import Commits
import StoreAccess
import Testing
import ToolSupport

@Suite struct StoreErrorsTests {
  static func told(_ error: any Error) -> ToolError? {
    do { try StoreErrors.told { throw error } } catch { return error as? ToolError }
    return nil
  }

  @Test("each kind of store is named, and how to build one") func kinds() {
    let found = Self.told(CommitError.notAStore("s", .shelf))
    #expect(found?.status == .noInput)
    #expect(found?.message == "s: not a shelf of Tweetmill")
    #expect(found?.hint == "build one: carpenter -s s --wood FILE")
  }

  @Test("damage is bad data, a lock is a lock, and all else passes") func statuses() {
    #expect(Self.told(SegmentError.tooOld(file: "f", found: 0, supported: 1))?.status == .badData)
    #expect(Self.told(CommitError.locked("s"))?.status == .locked)
    #expect(Self.told(CancellationError()) == nil)
  }
}
