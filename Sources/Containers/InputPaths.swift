public import Bytes

/// The files that operands name: files as they are, folders with all below them, patterns matched here.
public enum InputPaths {
  /// Deeper folders are taken for a loop.
  private static let deepest = 64

  /// The files of `operands`, in order; those of a folder by the bytes of their names, hidden ones left out.
  ///
  /// An operand with `*`, `?` or `[` that names no file is a pattern: it must match something.
  /// - Throws: `SystemError`.
  public static func expand(_ operands: [String]) throws(SystemError) -> [String] {
    var files: [String] = []
    for operand in operands {
      if operand == "-" {
        files.append(operand)
      } else if let status = try Syscalls.status(operand) {
        if status.isDirectory { try addFolder(operand, 0, &files) } else { files.append(operand) }
      } else if PathPattern.isPattern(operand) {
        let found = try PathPattern.matches(operand)
        if found.isEmpty { throw SystemError(operation: "open", path: operand, code: 2) }
        for path in found {
          if let status = try Syscalls.status(path), status.isDirectory {
            try addFolder(path, 0, &files)
          } else {
            files.append(path)
          }
        }
      } else {
        throw SystemError(operation: "open", path: operand, code: 2)
      }
    }
    return files
  }

  /// The bytes of all the files that `operands` name, for a progress line; nil where that is not to be known before they
  /// are read (standard input, pipes, what is missing).
  public static func totalSize(_ operands: [String]) -> Int? {
    guard !operands.isEmpty, let files = try? expand(operands) else { return nil }
    var total = 0
    for file in files {
      guard let status = try? Syscalls.status(file), status.isRegular else { return nil }
      total += status.size
    }
    return total
  }

  private static func addFolder(_ folder: String, _ depth: Int, _ files: inout [String]) throws(SystemError) {
    // ELOOP: links that lead in a circle.
    if depth > deepest { throw SystemError(operation: "opendir", path: folder, code: 40) }
    for name in try Syscalls.list(folder) where !name.hasPrefix(".") {
      let path = Paths.join(folder, name)
      guard let status = try Syscalls.status(path) else { continue }
      if status.isDirectory {
        try addFolder(path, depth + 1, &files)
      } else if status.isRegular {
        files.append(path)
      }
    }
  }
}

/// Shell patterns for paths: `*`, `?`, `[a-z]` within one name each.
enum PathPattern {
  static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  /// The existing paths that `pattern` matches, by the bytes of their names.
  static func matches(_ pattern: String) throws(SystemError) -> [String] {
    let isAbsolute = pattern.hasPrefix("/")
    var found = [isAbsolute ? "/" : ""]
    for part in pattern.split(separator: "/") {
      var next: [String] = []
      for folder in found {
        if !isPattern(String(part)) {
          let path = folder.isEmpty ? String(part) : Paths.join(folder, String(part))
          if try Syscalls.status(path) != nil { next.append(path) }
          continue
        }
        let here = folder.isEmpty ? "." : folder
        guard try Syscalls.status(here)?.isDirectory == true else { continue }
        for name in try Syscalls.list(here) where !name.hasPrefix(".") || part.hasPrefix(".") {
          guard matches(Array(name.utf8)[...], Array(part.utf8)[...]) else { continue }
          next.append(folder.isEmpty ? name : Paths.join(folder, name))
        }
      }
      found = next
    }
    return found
  }

  /// Whether one name fits one pattern.
  static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var name = name
    var pattern = pattern
    while let sign = pattern.first {
      if sign == 0x2A {
        pattern = pattern.dropFirst()
        if pattern.isEmpty { return true }
        return name.indices.contains { matches(name[$0...], pattern) }
      }
      guard let byte = name.popFirst() else { return false }
      if sign == 0x5B, let close = pattern.dropFirst(2).firstIndex(of: 0x5D) {
        if !holds(pattern[(pattern.startIndex + 1)..<close], byte) { return false }
        pattern = pattern[(close + 1)...]
      } else {
        if sign != 0x3F && sign != byte { return false }
        pattern = pattern.dropFirst()
      }
    }
    return name.isEmpty
  }

  // The inside of brackets: bytes and ranges, `!` or `^` first for "none of".
  private static func holds(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var set = set
    let isNegated = set.first == 0x21 || set.first == 0x5E
    if isNegated { set = set.dropFirst() }
    var isIn = false
    while let low = set.popFirst() {
      if set.first == 0x2D, set.count >= 2 {
        let high = set[set.startIndex + 1]
        set = set.dropFirst(2)
        isIn = isIn || byte >= low && byte <= high
      } else {
        isIn = isIn || byte == low
      }
    }
    return isIn != isNegated
  }
}
