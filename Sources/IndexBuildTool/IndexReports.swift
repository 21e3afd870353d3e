internal import Bytes
internal import Commits
internal import IndexAccess
internal import JSON
internal import Records
internal import SearchIndex
internal import ToolSupport

/// `--verify`, `--info` and `--dump`: what an index is.
enum IndexReports {
  static func verify(_ paths: [String], _ context: ToolContext) throws -> ExitStatus {
    let depth = IndexCheck.Depth(rawValue: context.arguments.value("verify") ?? "quick") ?? .quick
    var isSound = true
    for path in paths {
      let problems = try IndexErrors.told { try IndexCheck(depth, threads: context.threads).problems(path) }
      for problem in problems { context.diagnostics.error("\(path): \(problem.message)") }
      isSound = isSound && problems.isEmpty
    }
    if isSound && paths.count > 1 {
      for problem in try IndexErrors.told({ try IndexCheck.sharedTweets(paths) }) {
        context.diagnostics.error(problem.message)
        isSound = false
      }
    }
    if isSound { context.diagnostics.detail("\(depth.rawValue): nothing is wrong") }
    return isSound ? .done : .no
  }

  static func info(_ path: String, _ arguments: Arguments) throws -> ExitStatus {
    let summary = try IndexErrors.told { IndexSummary(try IndexReader(path)) }
    var output = try ToolOutput.open(arguments)
    let bytes = summary.parts.reduce(0) { $0 + $1.bytes }
    var text = "commit \(summary.generation), analyzer \(summary.analyzer)\n"
    text += "\(Quantities.grouped(summary.documents)) tweets in \(summary.parts.count) segments, "
    text += "\(Quantities.grouped(bytes)) bytes"
    if summary.documents > 0 { text += ", \(bytes / summary.documents) a tweet" }
    text += "\n"
    for part in summary.parts {
      text += "\(part.name): \(Quantities.grouped(part.documents)) tweets"
      if part.dead > 0 { text += " (\(Quantities.grouped(part.dead)) dead)" }
      if part.raised > 0 { text += " (\(Quantities.grouped(part.raised)) raised)" }
      text += ", \(Quantities.grouped(part.terms)) terms"
      if part.documents > 0 { text += ", \(Timestamp.text(part.times.0)) to \(Timestamp.text(part.times.1))" }
      text += "\n"
      for member in part.members {
        let size = Quantities.grouped(member.bytes)
        text +=
          "  " + member.name + String(repeating: " ", count: max(1, 34 - member.name.count - size.count))
          + size + "\n"
      }
    }
    try output.write(text: text)
    try output.finish()
    return .done
  }

  static func dump(_ path: String, _ arguments: Arguments) throws -> ExitStatus {
    let dump = try IndexErrors.told { IndexDump(try IndexReader(path)) }
    var output = try ToolOutput.open(arguments)
    var line = ByteBuffer()
    if arguments.value("dump") == "records" {
      try IndexErrors.told {
        try dump.records { tweet in
          line.removeAll()
          TweetWriter.write(tweet, to: &line)
          try output.write(line.span)
        } tombstones: { event in
          line.removeAll()
          event.write(to: &line)
          try output.write(line.span)
        }
      }
    } else {
      try IndexErrors.told {
        try dump.terms { field, term, documents, occurrences in
          line.removeAll()
          line.append(string: "{\"type\":\"term\",\"field\":\"\(field)\",\"term\":")
          if field.holdsID {
            line.append(string: "\"\(term.word(at: 0).byteSwapped)\"")
          } else {
            line.append(jsonString: term)
          }
          line.append(string: ",\"documents\":\(documents),\"occurrences\":\(occurrences)}\n")
          try output.write(line.span)
        }
      }
    }
    try output.finish()
    return .done
  }
}
