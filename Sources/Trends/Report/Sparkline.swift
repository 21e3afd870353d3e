/// Counts as a line of block characters, from zero to the greatest of them.
public enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  /// The most characters of a line.
  public static let width = 16

  /// One character a value; of more than `width` values neighbouring ones share one, which shows the greatest.
  public static func text(_ values: [Int]) -> String {
    let shown = columns(values)
    let most = max(shown.max() ?? 0, 1)
    // Rounded up: whatever is above zero and up to an eighth of the greatest is the lowest block, as zero is.
    return String(shown.map { blocks[max((max($0, 0) * 8 + most - 1) / most, 1) - 1] })
  }

  // Column i has the values from i n / width up to (i + 1) n / width: all are used, none twice.
  private static func columns(_ values: [Int]) -> [Int] {
    if values.count <= width { return values }
    return (0..<width).map { column in
      let range = column * values.count / width..<(column + 1) * values.count / width
      return values[range].max() ?? 0
    }
  }
}
