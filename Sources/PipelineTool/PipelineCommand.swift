public import ToolSupport

internal import Bytes
internal import Pipelines
internal import YAML

/// `pipeline`: runs the tools from one YAML file.
public enum PipelineCommand: ToolCommand {
  /// What `--help` says.
  public static let description = ToolDescription(
    name: "pipeline", summary: "run tools from one YAML file, all or nothing",
    operands: "run|check|graph FILE",
    details: """
      Starts the stages of a pipeline, connects them by pipes with backpressure, and publishes their outputs only when \
      every stage has ended well. When one fails, its readers are stopped before they can take the end of its output \
      for the end of the data, and everything stays as it was. Nothing is said on success.

      check reads the file and names all faults, with line and column. graph draws who feeds whom.
      """,
    examples: [
      ("pipeline run pipelines/demo.yaml", "run it"),
      ("pipeline run pipelines/archive.yaml --var dump=stream.tar", "with another value for a variable"),
      ("pipeline check pipelines/demo.yaml", "what is wrong with it; exit 78, or 0"),
      ("pipeline graph pipelines/demo.yaml --format mermaid", "a picture for Markdown"),
    ],
    memory: "1 MiB for each pipe between stages; what the stages use comes on top.",
    options: [
      OptionSpec(
        "var", value: "NAME=VALUE", arity: .repeated,
        help: "Give a variable of the file another value. Can be repeated."),
      OptionSpec(
        "format", choices: ["ascii", "dot", "mermaid", "svg"], help: "What graph prints. Default: ascii."),
    ])

  /// Runs, checks or draws.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let operands = context.arguments.operands
    guard let verb = operands.first else {
      throw ToolError(.usage, "expected run, check or graph", hint: "see --help")
    }
    guard ["run", "check", "graph"].contains(verb) else {
      let near = Nearest.match(verb, ["run", "check", "graph"])
      throw ToolError(
        .usage, "expected run, check or graph, found \"\(verb)\"", hint: near.map { "did you mean \($0)?" })
    }
    guard operands.count == 2 else {
      throw ToolError(.usage, "expected one FILE after \(verb), found \(operands.count - 1)")
    }
    let plan = try load(operands[1], context)
    switch verb {
    case "run": return try RunSession(plan, context).run(&context.ledger)
    case "graph": return try draw(plan, context.arguments.value("format") ?? "ascii")
    default:
      context.diagnostics.detail("\(operands[1]): \(plan.stages.count) stages, no faults")
      return .done
    }
  }

  private static func load(_ path: String, _ context: ToolContext) throws -> RunPlan {
    var overrides: [(name: String, value: String)] = []
    for pair in context.arguments.all("var") {
      guard let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        throw ToolError(.usage, "option --var: expected NAME=VALUE, found \"\(pair)\"")
      }
      overrides.append((String(pair[..<equals]), String(pair[pair.utf8.index(after: equals)...])))
    }
    var input = try InputStream(path)
    var bytes = ByteBuffer(capacity: 1 << 16)
    // One byte more than a pipeline may have is enough to say that it is too long.
    while bytes.count <= RunPlan.maximumFileSize, try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
    do throws(Faults) {
      return try RunPlan(bytes: bytes.span.array, overrides: overrides, host: ThisHost.describe())
    } catch {
      for fault in error.faults { context.diagnostics.error(fault.text(file: input.path)) }
      throw ExitStatus.badConfiguration
    }
  }

  private static func draw(_ plan: RunPlan, _ format: String) throws -> ExitStatus {
    var output = OutputStream.standard()
    switch format {
    case "dot": try output.write(GraphDrawing.dot(plan))
    case "mermaid": try output.write(GraphDrawing.mermaid(plan))
    case "svg": try output.write(GraphDrawing.svg(plan))
    default: try output.write(GraphDrawing.ascii(plan))
    }
    try output.finish()
    return .done
  }
}
