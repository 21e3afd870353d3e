internal import Bytes

/// The files of a run while they are not yet everybody's: every output is written beside its place under a temporary
/// name that keeps its ending, and takes its place when all stages are done.
struct Staging {
  /// One output.
  struct File {
    var final: String
    var temporary: String
    var stage: Int
    var state = State.written
  }

  enum State { case written, durable, published }

  private(set) var files: [File] = []
  private var temporaries: [String: String] = [:]

  /// Chooses the temporary names, makes folders that are missing, and writes the names into the stages' words.
  ///
  /// - Returns: the stages as they will be run.
  mutating func prepare(_ plan: RunPlan) throws(SystemError) -> [PlannedStage] {
    var stages = plan.stages
    for number in stages.indices {
      for path in Self.outputs(stages[number]) { try add(path, stage: number) }
    }
    for number in stages.indices { substitute(&stages[number]) }
    return stages
  }

  /// What a stage writes as a whole file, and where the runner can choose the name.
  private static func outputs(_ stage: PlannedStage) -> [String] {
    var paths = stage.output.map { [$0] } ?? []
    paths += stage.accesses.filter { $0.role == .writes }.map(\.path)
    // Of a program that we know nothing about, only what stands in its command can be renamed.
    paths += stage.declaredWrites.filter { path in
      stage.words.dropFirst().contains { prefix($0, naming: path) != nil }
    }
    return paths
  }

  /// How many bytes of a word stand before the path that it names, as in `path` or `--option=path`; nil when it names
  /// another.
  private static func prefix(_ word: String, naming path: String) -> Int? {
    let key = StageGraph.normal(path)
    if StageGraph.normal(word) == key { return 0 }
    guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let value = word.utf8.index(after: equals)
    guard StageGraph.normal(String(word[value...])) == key else { return nil }
    return word.utf8.distance(from: word.startIndex, to: value)
  }

  private mutating func add(_ path: String, stage: Int) throws(SystemError) {
    let key = StageGraph.normal(path)
    if temporaries[key] != nil { return }
    guard try Self.canReplace(path) else { return }
    let folder = Paths.parent(path)
    try Syscalls.makeDirectories(folder)
    let temporary = Paths.join(folder, ".tmp.\(Syscalls.processID).\(Paths.name(path))")
    temporaries[key] = temporary
    files.append(File(final: path, temporary: temporary, stage: stage))
  }

  /// Devices, named pipes and folders cannot be replaced by a rename; `/dev/stdout` must not be, wherever it leads.
  static func canReplace(_ path: String) throws(SystemError) -> Bool {
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return false }
    return try Syscalls.status(path).map(\.isRegular) ?? true
  }

  private func substitute(_ stage: inout PlannedStage) {
    stage.input = stage.input.map(current)
    stage.output = stage.output.map(current)
    for access in stage.accesses where access.role == .writes || access.role == .reads {
      guard let temporary = temporaries[StageGraph.normal(access.path)] else { continue }
      Self.replace(&stage.words[access.word], from: access.prefix, by: temporary)
    }
    for path in stage.declaredReads + stage.declaredWrites {
      guard let temporary = temporaries[StageGraph.normal(path)] else { continue }
      for index in stage.words.indices.dropFirst() {
        guard let prefix = Self.prefix(stage.words[index], naming: path) else { continue }
        Self.replace(&stage.words[index], from: prefix, by: temporary)
      }
    }
  }

  private static func replace(_ word: inout String, from prefix: Int, by temporary: String) {
    word = String(decoding: Array(word.utf8.prefix(prefix)), as: UTF8.self) + temporary
  }

  private func current(_ path: String) -> String { temporaries[StageGraph.normal(path)] ?? path }

  /// Removes what a run that was killed has left under our names.
  func sweep() {
    for folder in Set(files.map { Paths.parent($0.final) }).sorted() {
      let names = Set(files.filter { Paths.parent($0.final) == folder }.map { Paths.name($0.final) })
      for entry in (try? Syscalls.list(folder)) ?? [] where entry.hasPrefix(".tmp.") {
        let rest = entry.dropFirst(5)
        let digits = rest.prefix { $0 != "." }
        guard let process = Int32(digits), names.contains(String(rest.dropFirst(digits.count + 1))),
          !Syscalls.isAlive(process)
        else { continue }
        _ = try? Syscalls.unlink(Paths.join(folder, entry))
      }
    }
  }

  /// Makes outputs durable under their temporary names. Those of a stage that is still `atWork`, at its gate, may be
  /// missing: its ledger comes last. - Throws: `MissingOutput` when a stage did not write what it said it would.
  mutating func sync(atWork: (Int) -> Bool) throws {
    for (number, file) in files.enumerated() where file.state == .written {
      guard let status = try Syscalls.status(file.temporary) else {
        if atWork(file.stage) { continue }
        throw MissingOutput(stage: file.stage, path: file.final)
      }
      if status.isRegular {
        let descriptor = try Syscalls.openRead(file.temporary)
        defer { Syscalls.closeQuietly(descriptor) }
        try Syscalls.sync(descriptor, path: file.final)
      }
      files[number].state = .durable
    }
  }

  /// Gives the outputs that are durable their names.
  mutating func publish() throws(SystemError) {
    var folders: Set<String> = []
    for (number, file) in files.enumerated() where file.state == .durable {
      try Syscalls.rename(file.temporary, to: file.final)
      files[number].state = .published
      folders.insert(Paths.parent(file.final))
    }
    for folder in folders.sorted() { try Syscalls.syncDirectory(folder) }
  }

  /// Removes what was not published, and what killed tools left of it.
  func discard() {
    let own = [".tmp.\(Syscalls.processID).", "..tmp.\(Syscalls.processID)."]
    for file in files where file.state != .published {
      _ = try? Syscalls.unlink(file.temporary)
      let name = Paths.name(file.final)
      for entry in (try? Syscalls.list(Paths.parent(file.final))) ?? []
      where own.contains(where: { entry.hasPrefix($0 + name) }) {
        _ = try? Syscalls.unlink(Paths.join(Paths.parent(file.final), entry))
      }
    }
  }
}

/// A stage ended well, but a file that it declared is not there.
struct MissingOutput: Error {
  var stage: Int
  var path: String
}
