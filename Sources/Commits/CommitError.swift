/// Why a store cannot be opened, though nothing in it is damaged.
public enum CommitError: Error, Equatable, Sendable {
  /// Another writer is at work.
  case locked(String)
  /// The folder holds other things, a store of another kind, or nothing.
  case notAStore(String, StoreKind)
}
