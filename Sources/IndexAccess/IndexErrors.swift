internal import SearchIndex
internal import ToolSupport

/// An index's errors in the contract's words and statuses.
public enum IndexErrors {
  /// Runs `body`; what is wrong with an index becomes a `ToolError`.
  public static func told<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as SegmentError {
      throw ToolError(.badData, error.message)
    } catch let error as IndexError {
      switch error {
      case .locked(let path):
        throw ToolError(.locked, "\(path): another writer is at work", hint: "try again later")
      case .notAnIndex(let path):
        throw ToolError(
          .noInput, "\(path): not an index of Tweetmill", hint: "build one: index-build -i \(path) FILE")
      case .otherAnalyzer(let found, let expected):
        throw ToolError(
          .badData, "records analysed by \"\(found)\" do not mix with an index analysed by \"\(expected)\"",
          hint: "tokenize them in the same way, or build another index")
      }
    }
  }
}
