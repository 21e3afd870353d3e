internal import Bytes

/// Refuses two options that name one file: each would be written whole, and the last would take the other's place. And a dash
/// where it does not mean standard output: a file of that name is nobody's wish.
enum OutputNames {
  // Where a name is written: files are replaced by name, so links to one file are different places.
  private struct Place: Hashable {
    var device: UInt64 = 0
    var inode: UInt64 = 0
    var folder = ""
    var name: String
  }

  // Options for which it does.
  private static let dashes: Set<String> = [ToolDescription.output.name, "archive"]

  /// Looks at the options that write a file or keep a state. - Throws: status 2, before anything is written.
  static func check(_ arguments: Arguments, _ options: [OptionSpec]) throws {
    var taken: [Place: String] = [:]
    for option in options where option.role == .writes || option.role == .updates {
      for path in arguments.all(option.name) {
        if path == "-" {
          if dashes.contains(option.name) { continue }
          throw ToolError(
            .usage, "option --\(option.name): expected a file, found \"-\"",
            hint: "/dev/stdout and /dev/stderr are files; ./- is one of that name")
        }
        guard let place = place(path) else { continue }
        guard let other = taken.updateValue(option.name, forKey: place) else { continue }
        throw ToolError(
          .usage, "options --\(other) and --\(option.name) name the same file, \"\(path)\"",
          hint: "give each a file of its own")
      }
    }
  }

  // Devices and pipes are shared as they are.
  private static func place(_ path: String) -> Place? {
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return nil }
    if let status = try? Syscalls.status(path), !status.isRegular { return nil }
    let folder = Paths.parent(path)
    // What cannot be looked at is refused by who opens it.
    guard let status = try? Syscalls.status(folder) else {
      return Place(folder: folder, name: Paths.name(path))
    }
    return Place(device: status.device, inode: status.inode, name: Paths.name(path))
  }
}
