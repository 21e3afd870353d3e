import Bytes
import Testing

@testable import ToolSupport

@Suite struct ExitStatusTests {
  @Test(
    "a failed system call has the contract's status",
    arguments: [
      ("open", Int32(2), Int32(66)), ("open", 13, 66), ("open", 5, 74), ("read", 5, 74), ("opendir", 2, 66),
      ("create", 13, 73),
      ("create", 2, 73), ("create", 28, 74), ("create", 122, 74), ("mkdir", 30, 73), ("write", 28, 74),
      ("fsync", 5, 74),
      ("rename", 18, 74), ("close", 5, 74),
    ]) func status(operation: String, code: Int32, expected: Int32)
  {
    let told = ToolError(SystemError(operation: operation, path: "p", code: code))
    #expect(told.status.code == expected)
    #expect(told.message.hasPrefix("p: "))
    #expect((told.hint != nil) == (code == 28))
  }
}
