internal import IndexBuilding
internal import ToolSupport

/// `--commit-every`: after so many records, or so many seconds.
enum CommitInterval {
  static func rule(_ text: String?) throws -> SegmentCuts.Rule {
    guard let text else { return .size }
    let units: [Character: Double] = ["s": 1, "m": 60]
    if let unit = text.last.flatMap({ units[$0] }) {
      if let number = Quantities.integer(String(text.dropLast())), number > 0 {
        return .seconds(Double(number) * unit)
      }
    } else if let number = Quantities.integer(text), number > 0 {
      return .records(number)
    }
    throw ToolError(
      .usage, "option --commit-every: expected a number of records or a time such as 2s, found \"\(text)\"")
  }
}
