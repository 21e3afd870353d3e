/// Why an index cannot be read or written.
public enum IndexError: Error, Equatable {
  /// Another writer is at work.
  case locked(String)
  /// The folder holds other things, or nothing.
  case notAnIndex(String)
  /// Records analysed in another way than the index's.
  case otherAnalyzer(found: String, expected: String)
}
