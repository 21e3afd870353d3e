internal import Bytes
internal import Commits
internal import IndexAccess
internal import Search
internal import SearchIndex
internal import ToolSupport

/// Opens the folders of a command line.
enum IndexFolders {
  /// The newest commit of each; with `--partial` without those that are missing, which are named.
  static func open(_ context: ToolContext) throws -> [IndexReader] {
    let folders = try named(context.arguments)
    guard context.arguments.has("partial") else { return try folders.map { try IndexReader($0) } }
    var readers: [IndexReader] = []
    var firstError: (any Error)?
    for folder in folders {
      do { readers.append(try IndexReader(folder)) } catch {
        guard isMissing(error) else { throw error }
        firstError = firstError ?? error
        context.diagnostics.warning("\(folder): missing; what it holds is not in the answer")
      }
    }
    if readers.isEmpty, let firstError { throw firstError }
    return readers
  }

  /// The commits that a cursor belongs to. - Throws: status 66 when one was collected, 2 when it is of other folders.
  static func open(_ cursor: SearchCursor, _ arguments: Arguments) throws -> [IndexReader] {
    let folders = try named(arguments)
    guard folders.count == cursor.generations.count else { throw foreign }
    var readers: [IndexReader] = []
    for (folder, generation) in zip(folders, cursor.generations) {
      if let reader = try IndexReader(folder, generation: generation) {
        readers.append(reader)
        continue
      }
      // A missing folder is told as such.
      if try IndexReader(folder).generation < generation { throw foreign }
      throw ToolError(
        .noInput, "\(folder): commit \(generation), to which the cursor belongs, was collected",
        hint: "ask again without --cursor")
    }
    return readers
  }

  /// A cursor that does not belong here.
  static var foreign: ToolError {
    ToolError(
      .usage, "option --cursor: it belongs to another index",
      hint: "name the folders it came with, in their order")
  }

  /// The folders that `-i` names, those of a sharded index one by one.
  static func named(_ arguments: Arguments) throws -> [String] {
    let folders = arguments.all("index")
    guard !folders.isEmpty else { throw ToolError(.usage, "no index named", hint: "query -i DIR QUERY") }
    return try folders.flatMap(shards)
  }

  // The shards of a folder that holds nothing else (index-build --shards), in order; the folder itself where it is an index.
  private static func shards(_ folder: String) throws -> [String] {
    guard try Syscalls.status(folder)?.isDirectory == true,
      try Syscalls.status(Paths.join(folder, "CURRENT")) == nil
    else { return [folder] }
    let names = try Syscalls.list(folder).filter { $0.hasPrefix("shard-") }.sorted()
    return names.isEmpty ? [folder] : names.map { Paths.join(folder, $0) }
  }

  private static func isMissing(_ error: any Error) -> Bool {
    if let error = error as? SystemError { return error.isMissing }
    if case .notAStore? = error as? CommitError { return true }
    return false
  }
}
