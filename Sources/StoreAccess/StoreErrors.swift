internal import Commits
internal import ToolSupport

/// A store's errors in the contract's words and statuses.
public enum StoreErrors {
  /// Runs `body`; what is wrong with a store becomes a `ToolError`.
  public static func told<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as SegmentError {
      throw ToolError(.badData, error.message)
    } catch let error as CommitError {
      switch error {
      case .locked(let path):
        throw ToolError(.locked, "\(path): another writer is at work", hint: "try again later")
      case .notAStore(let path, let kind):
        throw ToolError(
          .noInput, "\(path): not \(kind.noun) of Tweetmill",
          hint: "build one: \(kind.builder.command) \(path) \(kind.builder.input)")
      }
    }
  }
}
