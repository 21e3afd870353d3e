internal import Bytes

/// "Did you mean".
public enum Suggestion {
  /// A hint that names the nearest of `names`; nil when none is near.
  public static func near(_ word: String, _ names: [String]) -> String? {
    Nearest.match(word, names).map { "did you mean \($0)?" }
  }
}
