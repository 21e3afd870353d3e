internal import Bytes
public import YAML

/// What a plan needs to know about the machine; libraries do not look for themselves.
public struct Host: Sendable {
  /// The folder of the `pipeline` program, where our own tools are looked for first; nil: nowhere.
  public var toolFolder: String?
  /// The names of our own tools.
  public var toolNames: Set<String>
  /// The folders of PATH.
  public var searchPath: [String]
  /// The environment that stages inherit, `NAME=value`.
  public var environment: [String]
  /// Asks the tool at a path for its signature; nil when it has none.
  public var signature: @Sendable (String) -> ToolSignature?

  /// A description of the machine.
  public init(
    toolFolder: String?, toolNames: Set<String>, searchPath: [String], environment: [String],
    signature: @escaping @Sendable (String) -> ToolSignature?
  ) {
    self.toolFolder = toolFolder
    self.toolNames = toolNames
    self.searchPath = searchPath
    self.environment = environment
    self.signature = signature
  }

  /// The file that would be run for `program`; nil when there is none.
  func find(_ program: String) -> String? {
    if program.utf8.contains(UInt8(ascii: "/")) { return isProgram(program) ? program : nil }
    var folders = searchPath
    if toolNames.contains(program), let toolFolder { folders.insert(toolFolder, at: 0) }
    // An empty entry of PATH is the current folder.
    return folders.lazy.map { Paths.join($0.isEmpty ? "." : $0, program) }.first(where: isProgram)
  }

  private func isProgram(_ path: String) -> Bool {
    guard let status = try? Syscalls.status(path), status.isRegular else { return false }
    return Syscalls.mayExecute(path)
  }
}

/// A stage with everything resolved: what will be run, and on which files.
public struct PlannedStage: Sendable {
  /// Its name in the file.
  public var name: String
  /// The program and its arguments.
  public var words: [String]
  /// The file of the program.
  public var program: String
  /// The number of the stage whose output it reads.
  public var from: Int?
  /// The file on its standard input.
  public var input: String?
  /// The file that its standard output becomes.
  public var output: String?
  /// `NAME=value`, besides what is inherited.
  public var environment: [String] = []
  /// Exit statuses that mean success.
  public var accepted: Set<Int32>
  /// The stages that must have finished before it starts, because it reads what they write.
  public var after: [Int] = []
  /// It asks the gate before it commits.
  var asksGate = false
  /// It keeps a state that must be the last to change.
  var keepsState = false
  var mark: Mark
  var inputMark: Mark?
  var accesses: [ToolSignature.Access] = []
  var declaredReads: [String] = []
  var declaredWrites: [String] = []
}

/// A pipeline that was found to be without fault.
public struct RunPlan: Sendable {
  /// Bytes of a file that are still read.
  public static let maximumFileSize = YAMLDocument.maximumSize

  /// The pipeline's name.
  public var name: String
  /// All stages in the file's order.
  public var stages: [PlannedStage]
  /// Numbers of stages that are connected by pipes and run at once; in an order in which they can be run.
  public var groups: [[Int]]
  /// What the stages inherit.
  var environment: [String]

  /// Reads, resolves and checks a pipeline; nothing is run but `--describe` of our own tools, and nothing written.
  ///
  /// - Parameter overrides: values from the command line, which win over `vars`.
  /// - Throws: `Faults` with all that is wrong.
  public init(bytes: [UInt8], overrides: [(name: String, value: String)], host: Host) throws(Faults) {
    let reader: PipelineReader
    do throws(Fault) { reader = try PipelineReader(bytes) } catch { throw Faults([error]) }
    var resolver = PlanResolver(reader.file, overrides, host)
    resolver.resolve()
    var faults = reader.faults + resolver.faults
    var graph = StageGraph(resolver.stages)
    graph.connect()
    faults += graph.faults
    if !faults.isEmpty { throw Faults(faults) }
    name = reader.file.name.text
    stages = graph.stages
    groups = graph.groups
    environment = host.environment
  }
}
