internal import Bytes
internal import Glibc
public import Records

/// A program: its description, and what it does with its arguments.
public protocol ToolCommand {
  /// All that `--help` says.
  static var description: ToolDescription { get }
  /// Runs. Errors of type `ToolError` and `SystemError` become messages and statuses.
  static func run(_ context: inout ToolContext) throws -> ExitStatus
}

/// What a running command is given.
public struct ToolContext {
  /// The command line.
  public let arguments: Arguments
  /// Standard error.
  public let diagnostics: Diagnostics
  /// `--threads`, or the number of cores.
  public let threads: Int
  /// Whether a progress line is wanted.
  public let showsProgress: Bool
  /// Whether standard output is a terminal.
  public let outputIsTerminal: Bool
  /// Whether results may be coloured.
  public let outputUsesColor: Bool
  /// The ledger, reported at the end of a run.
  public var ledger = Ledger()
}

/// The version of all tools.
public enum Version {
  /// Semantic.
  public static let text = "0.1.0"
}

/// Parses, runs, reports and exits: the whole of every `main.swift`. `words` is the command line without the program.
public func runTool<Command: ToolCommand>(
  _: Command.Type, words: [String] = Array(CommandLine.arguments.dropFirst())
) -> Never {
  Syscalls.keepStandardDescriptors()
  let description = Command.description
  var diagnostics = Diagnostics(program: description.name)
  diagnostics.usesColor = wantsColor(nil, terminal: Syscalls.isTerminal(2))
  TemporaryFiles.installSignalHandlers()
  let status: ExitStatus
  do {
    status = try start(Command.self, words, description, &diagnostics)
  } catch let error as ToolError {
    diagnostics.error(error.message, hint: error.hint)
    status = error.status
  } catch let error as SystemError {
    if error.isBrokenPipe { diePiped() }
    let told = ToolError(error)
    diagnostics.error(told.message, hint: told.hint)
    status = told.status
  } catch let error as DamagedInput {
    diagnostics.error(
      "\(error.path): \(error.reason)", hint: "ingest reads what is left of a damaged dump")
    status = .badData
  } catch let error as ExitStatus {
    status = error
  } catch {
    diagnostics.error("\(error)", hint: "this is a bug of ours; please report it with the command")
    status = .bug
  }
  exit(status.code)
}

private func start<Command: ToolCommand>(
  _: Command.Type, _ words: [String], _ description: ToolDescription, _ diagnostics: inout Diagnostics
) throws -> ExitStatus {
  let plain = words.prefix { $0 != "--" }
  if plain.contains("--help") || plain.contains("-h") { return try show(Help.text(description)) }
  if plain.first == "--describe" { return try show(description.signature) }
  if plain.contains("--version") { return try show("\(description.name) (tweetmill) \(Version.text)\n") }
  let arguments = try Arguments(
    words, options: description.allOptions, dashOperands: description.dashOperands)
  try OutputNames.check(arguments, description.allOptions)
  diagnostics.isQuiet = arguments.has("quiet")
  diagnostics.isVerbose = arguments.has("verbose")
  let color = arguments.value("color")
  diagnostics.usesColor = wantsColor(color, terminal: Syscalls.isTerminal(2))
  let began = Syscalls.monotonicSeconds()
  let terminal = Syscalls.isTerminal(1)
  let progress = arguments.value("progress") ?? "auto"
  var context = ToolContext(
    arguments: arguments, diagnostics: diagnostics,
    threads: try arguments.integer("threads", in: 1...1024) ?? Syscalls.processorCount,
    showsProgress: progress == "always"
      || progress == "auto" && Syscalls.isTerminal(2) && !diagnostics.isQuiet,
    outputIsTerminal: terminal, outputUsesColor: wantsColor(color, terminal: terminal))
  let status = try Command.run(&context)
  if !context.ledger.isBalanced {
    let terms = context.ledger.terms.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    diagnostics.error(
      "the ledger does not balance: \(terms)", hint: "this is a bug of ours; please report it")
    return .bug
  }
  try RunReport.write(
    context.ledger, program: description.name, seconds: Syscalls.monotonicSeconds() - began,
    arguments: arguments)
  return status
}

private func show(_ text: String) throws -> ExitStatus {
  var output = OutputStream.standard()
  try output.write(text)
  try output.finish()
  return .done
}

/// `--color` beats NO_COLOR, which beats CLICOLOR_FORCE, which beats the terminal.
private func wantsColor(_ option: String?, terminal: Bool) -> Bool {
  switch option {
  case "always": return true
  case "never": return false
  default: break
  }
  if let no = Syscalls.environment("NO_COLOR"), !no.isEmpty { return false }
  if let force = Syscalls.environment("CLICOLOR_FORCE"), !force.isEmpty { return true }
  return terminal && Syscalls.environment("TERM") != "dumb"
}

/// Ends as SIGPIPE's default would, also where a parent made us ignore the signal.
private func diePiped() -> Never {
  signal(SIGPIPE, SIG_DFL)
  raise(SIGPIPE)
  exit(141)
}
