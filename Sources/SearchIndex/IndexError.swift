/// Why records or indexes do not go together.
public enum IndexError: Error, Equatable {
  /// Records analysed in another way than the index's.
  case otherAnalyzer(found: String, expected: String)
}
