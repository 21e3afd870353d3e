import Foundation

/// A fresh folder that goes with its owner.
public final class TemporaryDirectory {
  /// Its path.
  public let path: String

  /// Makes one under the system's temporary folder.
  public init() {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("tweetmill-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A path inside it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file inside it. - Returns: its path.
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}
