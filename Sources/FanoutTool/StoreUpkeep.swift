internal import Bytes
internal import StoreAccess
internal import TimelineBuilding
internal import Timelines
internal import ToolSupport

/// `--verify`: whether a store is what was written.
enum StoreUpkeep {
  static func verify(_ context: ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    guard let path = arguments.value("store") else {
      throw ToolError(.usage, "--verify needs a store", hint: "fanout -s DIR --verify")
    }
    if let word = arguments.operands.first ?? arguments.all("graph").first {
      throw ToolError(.usage, "--verify adds nothing, found \"\(word)\"")
    }
    let problems = try StoreErrors.told { try TimelineCheck.problems(path, threads: context.threads) }
    var output = try ToolOutput.open(arguments)
    for problem in problems { try output.write(text: problem + "\n") }
    try output.finish()
    if problems.isEmpty { context.diagnostics.note("\(path): sound") }
    return problems.isEmpty ? .done : .no
  }
}
