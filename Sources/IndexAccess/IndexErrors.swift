internal import SearchIndex
internal import StoreAccess
internal import ToolSupport

/// An index's errors in the contract's words and statuses.
public enum IndexErrors {
  /// Runs `body`; what is wrong with an index becomes a `ToolError`.
  public static func told<T>(_ body: () throws -> T) throws -> T {
    do { return try StoreErrors.told(body) } catch IndexError.otherAnalyzer(let found, let expected) {
      throw ToolError(
        .badData, "records analysed by \"\(found)\" do not mix with an index analysed by \"\(expected)\"",
        hint: "tokenize them in the same way, or build another index")
    }
  }
}
