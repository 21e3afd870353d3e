internal import YAML

/// A pipeline as it is written: names and texts with their places, nothing resolved.
struct PipelineFile: Sendable {
  /// One command and its connections.
  struct Stage: Sendable {
    var name: String
    var mark: Mark
    var run: Located
    /// The stage whose output it reads.
    var from: Located?
    /// The file that it reads on standard input.
    var input: Located?
    /// The file that its standard output becomes.
    var output: Located?
    var reads: [Located] = []
    var writes: [Located] = []
    /// The exit statuses that mean success.
    var accepted: Set<Int32> = [0]
    var environment: [(name: String, value: Located)] = []
  }

  var name = Located(text: "", mark: Mark(line: 1, column: 1))
  var vars: [(name: String, value: Located)] = []
  var stages: [Stage] = []
}

/// YAML to `PipelineFile`: every key known, every value of the right kind, every fault gathered.
struct PipelineReader {
  private(set) var file = PipelineFile()
  private var reader = NodeReader()
  /// All that was met, in that order.
  var faults: [Fault] { reader.faults }

  private static let document = YAMLDocument(
    name: "pipeline", beginning: "pipeline:", insteadOfAlias: "write the value out, or use vars")
  private static let topKeys = ["pipeline", "vars", "stages"]
  private static let stageKeys = ["run", "from", "in", "to", "reads", "writes", "ok", "env"]
  /// In the contract, but not in this version: an error, lest someone rely on them.
  private static let plannedKeys = ["retries", "timeout", "memory", "each"]

  /// Reads the file's bytes. - Throws: `Fault` when they are no YAML at all; see `faults` otherwise.
  init(_ bytes: [UInt8]) throws(Fault) {
    let root = try Self.document.parse(bytes)
    guard case .mapping(let entries) = root.value else {
      throw Fault(root.mark, expected: "a map with pipeline, vars and stages", found: root.kind)
    }
    var seen: Set<String> = []
    for entry in entries {
      seen.insert(entry.key)
      switch entry.key {
      case "pipeline": file.name = reader.text(entry.value, "the pipeline's name")
      case "vars": readVars(entry.value)
      case "stages": readStages(entry.value)
      default: reader.unknown(entry, Self.topKeys)
      }
    }
    for key in ["pipeline", "stages"] where !seen.contains(key) {
      reader.add(Fault(root.mark, expected: "the key \(key)", found: "none"))
    }
  }

  private mutating func readVars(_ node: YAMLNode) {
    guard case .mapping(let entries) = node.value else {
      if case .scalar(let scalar) = node.value, scalar.isNothing { return }
      return reader.fault(node, "a map of names and values")
    }
    for entry in entries {
      guard Self.isVariableName(entry.key) else {
        reader.add(
          Fault(
            entry.keyMark, expected: "a name of letters, digits and _", found: Fault.shown(entry.key),
            hint: "it is used as $name"))
        continue
      }
      file.vars.append((entry.key, reader.text(entry.value, "a value", mayBeEmpty: true)))
    }
  }

  private mutating func readStages(_ node: YAMLNode) {
    guard case .mapping(let entries) = node.value else { return reader.fault(node, "a map of stages") }
    if entries.isEmpty { reader.fault(node, "at least one stage", found: "none") }
    for entry in entries {
      guard Self.isStageName(entry.key) else {
        reader.add(
          Fault(
            entry.keyMark, expected: "a stage's name of letters, digits, _ - and .",
            found: Fault.shown(entry.key)))
        continue
      }
      readStage(entry)
    }
  }

  private mutating func readStage(_ entry: YAMLEntry) {
    guard case .mapping(let keys) = entry.value.value else {
      return reader.fault(entry.value, "a map such as { run: COMMAND, from: STAGE }")
    }
    var stage = PipelineFile.Stage(
      name: entry.key, mark: entry.keyMark, run: Located(text: "", mark: entry.keyMark))
    var hasRun = false
    for key in keys {
      switch key.key {
      case "run":
        hasRun = true
        stage.run = reader.text(key.value, "a command")
      case "from": stage.from = reader.text(key.value, "a stage's name")
      case "in": stage.input = reader.text(key.value, "a path")
      case "to": stage.output = reader.text(key.value, "a path")
      case "reads": stage.reads = list(key.value, "a path")
      case "writes": stage.writes = list(key.value, "a path")
      case "ok": stage.accepted = statuses(key.value)
      case "env": stage.environment = environment(key.value)
      default: unknownStageKey(key)
      }
    }
    if !hasRun {
      reader.add(Fault(entry.keyMark, expected: "the key run in stage \(entry.key)", found: "none"))
    }
    if let input = stage.input, stage.from != nil {
      reader.add(
        Fault(
          input.mark, expected: "either from or in", found: "both",
          hint: "standard input has one source; list further files under reads"))
    }
    file.stages.append(stage)
  }

  private mutating func statuses(_ node: YAMLNode) -> Set<Int32> {
    let items: [YAMLNode]
    if case .sequence(let list) = node.value { items = list } else { items = [node] }
    if items.isEmpty { reader.fault(node, "at least one exit status", found: "an empty list") }
    var all: Set<Int32> = []
    for item in items {
      // Only plain decimal digits: 0x1 and 1_0 are numbers to YAML 1.1, not to people.
      guard case .scalar(let scalar) = item.value, scalar.text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
        let status = Int32(scalar.text), status <= 255
      else {
        reader.fault(item, "an exit status from 0 to 255")
        continue
      }
      all.insert(status)
    }
    return all
  }

  private mutating func environment(_ node: YAMLNode) -> [(name: String, value: Located)] {
    guard case .mapping(let entries) = node.value else {
      reader.fault(node, "a map of names and values")
      return []
    }
    var all: [(name: String, value: Located)] = []
    for entry in entries {
      if Self.isVariableName(entry.key) {
        all.append((entry.key, reader.text(entry.value, "a value", mayBeEmpty: true)))
      } else {
        reader.add(
          Fault(entry.keyMark, expected: "a name of letters, digits and _", found: Fault.shown(entry.key)))
      }
    }
    return all
  }

  private mutating func list(_ node: YAMLNode, _ expected: String) -> [Located] {
    if case .sequence(let items) = node.value { return items.map { reader.text($0, expected) } }
    reader.fault(node, "a list such as [a, b]")
    return []
  }

  private mutating func unknownStageKey(_ entry: YAMLEntry) {
    if !Self.plannedKeys.contains(entry.key) { return reader.unknown(entry, Self.stageKeys) }
    reader.add(
      Fault(
        entry.keyMark, expected: "a key of this version (\(Self.stageKeys.joined(separator: ", ")))",
        found: entry.key, hint: "\(entry.key) is not supported yet"))
  }

  private static func isVariableName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first < 48 || first > 57 else { return false }
    return name.utf8.allSatisfy(isWord)
  }

  private static func isStageName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isWord(first), name.utf8.count <= 100 else { return false }
    return name.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte)
      || (97...122).contains(byte)
  }
}
