internal import Bytes
internal import YAML

/// Resolves what a pipeline file says: variables, words, programs, declared files, names of stages.
struct PlanResolver {
  private let file: PipelineFile
  private let overrides: [(name: String, value: String)]
  private let host: Host
  private var values: [String: String] = [:]
  private var programs: [String: String?] = [:]
  private var signatures: [String: ToolSignature?] = [:]
  private(set) var stages: [PlannedStage] = []
  private(set) var faults: [Fault] = []

  init(_ file: PipelineFile, _ overrides: [(name: String, value: String)], _ host: Host) {
    self.file = file
    self.overrides = overrides
    self.host = host
  }

  mutating func resolve() {
    resolveVars()
    var numbers: [String: Int] = [:]
    for (number, stage) in file.stages.enumerated() { numbers[stage.name] = number }
    for stage in file.stages { stages.append(resolve(stage, numbers)) }
  }

  /// In the file's order: a variable may use those above it. The command line wins, and is taken as it is.
  private mutating func resolveVars() {
    let names = file.vars.map(\.name)
    for override in overrides {
      if !names.contains(override.name) {
        faults.append(
          Fault(
            nil, expected: "--var with a name from vars", found: Fault.shown(override.name),
            hint: Suggestion.near(override.name, names) ?? "vars has: \(names.joined(separator: ", "))"))
      }
      values[override.name] = override.value
    }
    let given = Set(overrides.map(\.name))
    for entry in file.vars {
      let value = expand(entry.value)
      if !given.contains(entry.name) { values[entry.name] = value }
    }
  }

  private mutating func resolve(_ stage: PipelineFile.Stage, _ numbers: [String: Int]) -> PlannedStage {
    var planned = PlannedStage(
      name: stage.name, words: words(stage.run), program: "", accepted: stage.accepted, mark: stage.mark)
    planned.input = stage.input.map { path($0) }
    planned.inputMark = stage.input?.mark
    planned.output = stage.output.map { path($0) }
    planned.environment = stage.environment.map { "\($0.name)=\(expand($0.value))" }
    planned.declaredReads = stage.reads.map { path($0) }
    planned.declaredWrites = stage.writes.map { path($0) }
    if let from = stage.from {
      planned.from = numbers[from.text]
      if planned.from == nil && !from.text.isEmpty {
        faults.append(
          Fault(
            from.mark, expected: "a stage's name", found: Fault.shown(from.text),
            hint: Suggestion.near(from.text, file.stages.map(\.name)) ?? "it is not among the stages"))
      }
    }
    findProgram(stage, &planned)
    return planned
  }

  private mutating func findProgram(_ stage: PipelineFile.Stage, _ planned: inout PlannedStage) {
    guard let name = planned.words.first else {
      if !stage.run.text.isEmpty {
        faults.append(Fault(stage.run.mark, expected: "a command", found: "no words"))
      }
      return
    }
    if name.utf8.contains(UInt8(ascii: "=")) && !name.utf8.contains(UInt8(ascii: "/")) {
      faults.append(
        Fault(
          stage.run.mark, expected: "a program", found: Fault.shown(name), hint: "set variables under env:"))
      return
    }
    let known: String?
    if let cached = programs[name] {
      known = cached
    } else {
      known = host.find(name)
      programs[name] = .some(known)
    }
    guard let program = known else {
      let near = Suggestion.near(name, host.toolNames.sorted())
      faults.append(
        Fault(
          stage.run.mark, expected: "a program that can be run", found: Fault.shown(name),
          hint: near ?? "it is neither beside pipeline nor in PATH"))
      return
    }
    planned.program = program
    // Only what lies beside us is surely ours, and may be started to be asked.
    guard let folder = host.toolFolder, program == Paths.join(folder, Paths.name(name)),
      host.toolNames.contains(Paths.name(name))
    else { return }
    let signature: ToolSignature?
    if let cached = signatures[program] {
      signature = cached
    } else {
      signature = host.signature(program)
      signatures[program] = .some(signature)
    }
    guard let signature else {
      faults.append(
        Fault(
          stage.run.mark, expected: "a tool that answers --describe", found: "\(program), which does not",
          hint: "install all tools of one version together"))
      return
    }
    planned.accesses = signature.accesses(in: planned.words)
    planned.asksGate = signature.asksGate
    planned.keepsState = planned.accesses.contains { $0.role == .updates }
  }

  // MARK: Texts

  private mutating func words(_ run: Located) -> [String] {
    let split = CommandWords(splitting: run.text)
    report(split.problems, run)
    return split.words.map { expand($0, run) }
  }

  private mutating func expand(_ text: Located) -> String {
    let parsed = CommandWords(value: text.text)
    report(parsed.problems, text)
    return parsed.words.first.map { expand($0, text) } ?? ""
  }

  private mutating func path(_ text: Located) -> String {
    let path = expand(text)
    if path.isEmpty && !text.text.isEmpty {
      faults.append(Fault(text.mark, expected: "a path", found: "\(Fault.shown(text.text)), which is empty"))
    }
    return path
  }

  private mutating func expand(_ template: Template, _ source: Located) -> String {
    for case .variable(let name, let offset) in template.pieces where values[name] == nil {
      faults.append(
        Fault(
          source.mark(at: offset), expected: "a variable from vars", found: "$\(name)",
          hint: unknownHint(name)))
    }
    let values = values
    return template.expanded { values[$0] }
  }

  private func unknownHint(_ name: String) -> String {
    let names = file.vars.map(\.name)
    if names.contains(name) { return "a variable may use those above it" }
    return Suggestion.near(name, names) ?? "set it under vars; the environment is not searched"
  }

  private mutating func report(_ problems: [CommandWords.Problem], _ source: Located) {
    for problem in problems {
      let isExact = source.contentColumn != nil
      faults.append(
        Fault(
          source.mark(at: problem.offset), expected: problem.expected,
          found: problem.found + (isExact ? "" : " at character \(problem.offset + 1) of it"),
          hint: problem.hint))
    }
  }
}
