// Our own measuring tools: `bench world` makes worlds. Each subcommand is one file.
import Glibc
import ToolSupport

switch CommandLine.arguments.dropFirst().first {
case "world": runTool(WorldCommand.self, words: Array(CommandLine.arguments.dropFirst(2)))
default:
  Diagnostics(program: "bench").error("expected a subcommand: world", hint: "bench world --help")
  exit(ExitStatus.usage.code)
}
