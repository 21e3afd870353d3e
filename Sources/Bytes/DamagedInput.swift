/// An input that is damaged where no record of its own can be named and refused: a container that does not unpack.
public struct DamagedInput: Error, Equatable, Sendable {
  /// The file, with the member behind a slash, or `-`.
  public var path: String
  /// What is wrong with it.
  public var reason: String

  /// Damage of `path`.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
