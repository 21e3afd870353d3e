extension Arguments {
  /// The value of an option that takes a length of time such as `90s`, `5m`, `1h` or `7d`, in ms; nil when it is not
  /// given. - Throws: `ToolError(.usage)`.
  public func duration(_ name: String) throws(ToolError) -> Int64? {
    guard let text = value(name) else { return nil }
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    if let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()), number >= 0,
      number <= 36_500 * 86_400_000 / unit
    {
      return number * unit
    }
    throw ToolError(
      .usage, "option --\(name): expected a length of time, found \"\(text)\"",
      hint: "a whole number and s, m, h or d: --\(name) 1h")
  }
}
