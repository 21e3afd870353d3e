// Our own measuring tools: `bench world`, `bench trend-world` and `bench follow-world` make worlds. Each subcommand is one file.
import Glibc
import ToolSupport

switch CommandLine.arguments.dropFirst().first {
case "follow-world": runTool(FollowWorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
case "trend-world": runTool(TrendWorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
case "world": runTool(WorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
default:
  Diagnostics(program: "bench").error(
    "expected a subcommand: world, trend-world, follow-world", hint: "bench world --help")
  exit(ExitStatus.usage.code)
}
