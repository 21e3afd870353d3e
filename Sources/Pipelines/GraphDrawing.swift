/// Pictures of a plan: who feeds whom, by pipe and by file.
public enum GraphDrawing {
  /// A tree by pipes in plain ASCII; what waits for files says so.
  public static func ascii(_ plan: RunPlan) -> String {
    var out = plan.name + "\n"
    let roots = plan.groups.map { $0[0] }
    let first = plan.groups.map { group in group.first { plan.stages[$0].from == nil } }
    // An explicit stack: a chain of ten thousand stages must not end ours.
    var stack: [(stage: Int, margin: String, isLast: Bool)] = []
    for (index, root) in zip(first, roots).map({ $0 ?? $1 }).enumerated().reversed() {
      stack.append((root, "", index == roots.count - 1))
    }
    let readers = readers(plan)
    while let (number, margin, isLast) = stack.popLast() {
      let stage = plan.stages[number]
      out += margin + (isLast ? "`-- " : "|-- ") + stage.name + ": " + command(stage)
      if let input = stage.input { out += "  < \(input)" }
      if let output = stage.output { out += "  > \(output)" }
      if !stage.after.isEmpty {
        out += "  (after \(stage.after.map { plan.stages[$0].name }.joined(separator: ", ")))"
      }
      out += "\n"
      for (place, reader) in readers[number].enumerated().reversed() {
        stack.append((reader, margin + (isLast ? "    " : "|   "), place == readers[number].count - 1))
      }
    }
    return out
  }

  /// For Graphviz: pipes are solid, files are dashed.
  public static func dot(_ plan: RunPlan) -> String {
    var out = "digraph \(quoted(plan.name)) {\n  rankdir=LR;\n  node [shape=box];\n"
    for stage in plan.stages {
      out += "  \(quoted(stage.name)) [tooltip=\(quoted(command(stage)))];\n"
    }
    for edge in edges(plan) {
      let style = edge.isPipe ? "" : " [style=dashed]"
      out += "  \(quoted(plan.stages[edge.from].name)) -> \(quoted(plan.stages[edge.to].name))\(style);\n"
    }
    return out + "}\n"
  }

  /// For Markdown: GitHub and GitLab draw it.
  public static func mermaid(_ plan: RunPlan) -> String {
    var out = "flowchart LR\n"
    for (number, stage) in plan.stages.enumerated() { out += "  s\(number)[\"\(escaped(stage.name))\"]\n" }
    for edge in edges(plan) { out += "  s\(edge.from) \(edge.isPipe ? "-->" : "-.->") s\(edge.to)\n" }
    return out
  }

  /// A picture that needs no other program: a column for each step, a row for each stage of it.
  public static func svg(_ plan: RunPlan) -> String {
    let (width, height, gapX, gapY) = (150, 40, 60, 20)
    let columns = columns(plan)
    var rows = Array(repeating: 0, count: (columns.max() ?? 0) + 1)
    let places = plan.stages.indices.map { number -> (x: Int, y: Int) in
      let column = columns[number]
      defer { rows[column] += 1 }
      return (10 + column * (width + gapX), 10 + rows[column] * (height + gapY))
    }
    let right = 20 + rows.count * (width + gapX) - gapX
    let bottom = 20 + (rows.max() ?? 0) * (height + gapY) - gapY
    var out = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(right)" height="\(bottom)" font-family="sans-serif" font-size="13">
      <title>\(escaped(plan.name))</title>
      <defs><marker id="a" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>

      """
    for edge in edges(plan) {
      let (from, to) = (places[edge.from], places[edge.to])
      let dash = edge.isPipe ? "" : " stroke-dasharray=\"5 4\""
      out +=
        "<line x1=\"\(from.x + width)\" y1=\"\(from.y + height / 2)\" x2=\"\(to.x)\" y2=\"\(to.y + height / 2)\""
      out += " stroke=\"black\" marker-end=\"url(#a)\"\(dash)/>\n"
    }
    for (stage, place) in zip(plan.stages, places) {
      out +=
        "<rect x=\"\(place.x)\" y=\"\(place.y)\" width=\"\(width)\" height=\"\(height)\" rx=\"5\" fill=\"#eef4fb\""
      out += " stroke=\"#35618e\"><title>\(escaped(command(stage)))</title></rect>\n"
      out += "<text x=\"\(place.x + width / 2)\" y=\"\(place.y + height / 2 + 5)\" text-anchor=\"middle\">"
      out += "\(escaped(stage.name))</text>\n"
    }
    return out + "</svg>\n"
  }

  /// The command as one could type it.
  private static func command(_ stage: PlannedStage) -> String {
    stage.words.map { word in
      let isPlain =
        !word.isEmpty && word.utf8.allSatisfy { $0 > 0x2A && $0 < 0x7F && !";<>?[\\]`{|}~".utf8.contains($0) }
      return isPlain
        ? word
        : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
  }

  private static func readers(_ plan: RunPlan) -> [[Int]] {
    var readers = Array(repeating: [Int](), count: plan.stages.count)
    for (number, stage) in plan.stages.enumerated() {
      if let from = stage.from { readers[from].append(number) }
    }
    return readers
  }

  private static func edges(_ plan: RunPlan) -> [(from: Int, to: Int, isPipe: Bool)] {
    plan.stages.enumerated().flatMap { number, stage in
      (stage.from.map { [(from: $0, to: number, isPipe: true)] } ?? [])
        + stage.after.map { (from: $0, to: number, isPipe: false) }
    }
  }

  /// How many stages come before each at the most.
  private static func columns(_ plan: RunPlan) -> [Int] {
    let before = plan.stages.map { ($0.from.map { [$0] } ?? []) + $0.after }
    var columns = Array(repeating: 0, count: plan.stages.count)
    for number in StageGraph.order(before) {
      columns[number] = before[number].map { columns[$0] + 1 }.max() ?? 0
    }
    return columns
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : "\($0)" } + "\""
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.append(character)
      }
    }
    return out
  }
}
