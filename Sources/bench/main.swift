// Our own measuring tools: `bench world` and `bench trend-world` make worlds. Each subcommand is one file.
import Glibc
import ToolSupport

switch CommandLine.arguments.dropFirst().first {
case "trend-world": runTool(TrendWorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
case "world": runTool(WorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
default:
  Diagnostics(program: "bench").error("expected a subcommand: world, trend-world", hint: "bench world --help")
  exit(ExitStatus.usage.code)
}
