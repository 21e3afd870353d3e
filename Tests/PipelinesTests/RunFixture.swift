import Foundation
import TestSupport
import YAML

@testable import Pipelines

/// Pipelines that run in a fresh folder, which `$d` names.
final class RunFixture {
  let folder = TemporaryDirectory()
  var grace = 0.5
  private var tools: Set<String> = []

  func file(_ name: String) -> String { folder.file(name) }

  /// The content of a file; nil when it is not there.
  func text(_ name: String) -> String? { try? String(contentsOfFile: file(name), encoding: .utf8) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
  }

  /// What lies in the folder, hidden files too.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() }

  /// Makes a program that counts as one of our own tools.
  func tool(_ name: String, _ script: String) throws {
    tools.insert(name)
    try write(name, "#!/bin/bash\n" + script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file(name))
  }

  /// A tool that keeps a folder: it reads all, writes `NAME.new`, asks the gate, and renames.
  func keeper(_ name: String, role: String = "folder") throws {
    try tool(
      name,
      """
      if [ "$1" = --describe ]; then
        printf 'operands\\tplain\\ngate\\tyes\\noption\\tindex\\ti\\tone\\t\(role)\\n'
        exit 0
      fi
      cat > "$2.new"
      exec 1>&-
      printf R >&${TWEETMILL_GATE#*,}
      answer=$(dd bs=1 count=1 <&${TWEETMILL_GATE%,*} 2>/dev/null)
      if [ "$answer" = C ]; then
        mv "$2.new" "$2"
        echo "$2" >> "$(dirname "$2")/order"
        exit 0
      fi
      rm "$2.new"
      exit 75
      """)
  }

  func plan(_ stages: String) throws(Faults) -> RunPlan {
    let host = PlanFixture.host(toolFolder: folder.path, tools: tools) { ToolProbe.signature(of: $0) }
    return try PlanFixture.plan(
      "pipeline: test\nvars: { d: \(folder.path) }\nstages:\n\(stages)\n", host: host)
  }

  func run(_ stages: String, parallelGroups: Int = 4) throws -> PipelineReport {
    PipelineRun(try plan(stages), RunOptions(parallelGroups: parallelGroups, grace: grace)).run()
  }
}

extension PipelineReport {
  /// The name of the stage whose failure it was, and how it ended.
  var failedStage: (name: String, end: ProcessEnd)? {
    guard case .stage(let number, let end) = failure else { return nil }
    return (stages[number].name, end)
  }

  var isDone: Bool { failure == nil }
}
