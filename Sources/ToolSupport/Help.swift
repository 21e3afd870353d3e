/// `--help`, rendered from the description alone.
public enum Help {
  /// The text, 80 columns wide.
  public static func text(_ tool: ToolDescription) -> String {
    var out = "\(tool.name): \(tool.summary)\n\nusage: \(tool.name) [options] \(tool.operands)\n\n"
    out += wrapped(tool.details, indent: 0) + "\nexamples:\n"
    for example in tool.examples {
      out += "  \(example.command)\n" + wrapped(example.meaning, indent: 6)
    }
    out += "\noptions:\n" + tool.options.map(entry).joined()
    out += "\noptions of every tool:\n" + ToolDescription.shared.map(entry).joined()
    out += "\nmemory:\n" + wrapped(tool.memory, indent: 2)
    out += """

      exit status: 0 done, 1 the answer is "no", 2 wrong usage, 65 bad data, 66 input missing, 70 a bug,
      73 cannot create, 74 I/O error, 75 locked (try later), 78 bad configuration.

      """
    return out
  }

  private static func entry(_ option: OptionSpec) -> String {
    var head = option.short.map { "  -\($0), --\(option.name)" } ?? "      --\(option.name)"
    if let value = option.value { head += " " + value + (option.arity == .many ? "…" : "") }
    return head + "\n" + wrapped(option.help, indent: 10)
  }

  /// `text` broken at spaces; each line of it is a paragraph.
  static func wrapped(_ text: String, indent: Int, width: Int = 80) -> String {
    let margin = String(repeating: " ", count: indent)
    var out = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = margin
      var hasWords = false
      for word in paragraph.split(separator: " ") {
        if hasWords && line.count + 1 + word.count > width {
          out += line + "\n"
          line = margin
          hasWords = false
        }
        line += (hasWords ? " " : "") + word
        hasWords = true
      }
      out += (hasWords ? line : "") + "\n"
    }
    return out
  }
}
