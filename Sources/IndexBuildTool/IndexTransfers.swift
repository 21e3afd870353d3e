internal import Bytes
internal import CommitWriting
internal import Commits
internal import IndexAccess
internal import IndexBuilding
internal import SearchIndex
internal import ToolSupport

/// Whole commits and segments that come and go: `--archive`, `--restore`, `--add-segments`.
enum IndexTransfers {
  static func archive(_ path: String, _ file: String, _ context: ToolContext) throws -> ExitStatus {
    let target = file == "-" ? "/dev/stdout" : file
    let (generation, bytes) = try IndexErrors.told {
      try CommitArchive.write(CommitFolder(path, .index), to: target)
    }
    context.diagnostics.detail("commit \(generation): \(Quantities.grouped(bytes)) bytes")
    return .done
  }

  static func restore(_ path: String, _ file: String, _ context: ToolContext) throws -> ExitStatus {
    do {
      let generation = try IndexErrors.told {
        try CommitRestore.restore(file, to: path) { try CommitPermission.wait(path) }
      }
      context.diagnostics.detail("\(path): commit \(generation)")
      return .done
    } catch RestoreError.notEmpty(let folder) {
      throw ToolError(.cannotCreate, "\(folder): holds an index already", hint: "restore into a new folder")
    } catch RestoreError.corrupt(let file, let reason) {
      throw ToolError(.badData, "corrupt: \(file): \(reason)")
    }
  }

  static func addSegments(_ path: String, _ context: ToolContext) throws -> ExitStatus {
    let files = context.arguments.operands
    guard !files.isEmpty else {
      throw ToolError(
        .usage, "--add-segments: no segment named", hint: "index-build -i DIR --add-segments FILE…")
    }
    for file in files {
      // What is missing is told by whoever opens it.
      guard let status = try Syscalls.status(file), !status.isRegular else { continue }
      throw ToolError(
        .noInput, "\(file): expected a segment, found \(status.isDirectory ? "a folder" : "no plain file")",
        hint: status.isDirectory ? "name its segments: \(file)/segments/*.tar" : nil)
    }
    let generation = try IndexErrors.told {
      let writer = try IndexWriter(path, threads: context.threads)
      let raised = try files.filter { try RaisedCounts.isFile($0) }
      for file in files where !raised.contains(file) {
        // They lie beside segments. What they say follows from the segments and tombstones that come with them.
        if try DeadDocuments.isList(file) {
          context.diagnostics.detail("\(file): a list of dead tweets, passed over")
          continue
        }
        let counts = newest(of: raised, beside: file)
        let isWhole = try writer.addSegment(at: file, raised: counts)
        context.diagnostics.detail("\(file): \(isWhole ? "taken as it is" : "added tweet by tweet")")
        if let counts { context.diagnostics.detail("\(counts): the counts that rose in it") }
      }
      for file in raised where !files.contains(where: { isBeside(file, $0) }) {
        context.diagnostics.note("\(file): counts that rose in a segment that is not named, passed over")
      }
      try writer.prepare()
      try CommitPermission.wait(path)
      return try writer.commit()
    }
    context.diagnostics.detail("commit \(generation)")
    return .done
  }

  // Later files of raised counts hold what those before do.
  private static func newest(of raised: [String], beside segment: String) -> String? {
    raised.filter { isBeside($0, segment) }.max()
  }

  // By their names; that they belong together is checked when they are opened.
  private static func isBeside(_ raised: String, _ segment: String) -> Bool {
    segment.hasSuffix(".tar") && raised.hasPrefix(segment.dropLast(4) + ".raised-")
  }
}
