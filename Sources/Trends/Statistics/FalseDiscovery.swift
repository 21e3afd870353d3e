/// Which of many tests to believe (Benjamini and Hochberg, "Controlling the false discovery rate", 1995).
enum FalseDiscovery {
  /// The greatest p-value that is believed so that at most the share `rate` of the believed ones is expected to be false;
  /// nil when none is. `tests` counts all tests, also those whose p-values are not in `values` (they are larger).
  /// - Complexity: O(n log n).
  static func threshold(_ values: [Double], tests: Int, rate: Double) -> Double? {
    let sorted = values.sorted()
    var found: Double?
    for (index, value) in sorted.enumerated() where value <= rate * Double(index + 1) / Double(max(tests, 1))
    {
      found = value
    }
    return found
  }
}
