import Foundation

/// Files that lie beside the repository, not in it: conformance suites, real data.
public enum SharedFiles {
  /// The folder: `TWEETMILL_SHARED`, else `../shared` seen from the repository.
  public static let folder: String = {
    if let path = ProcessInfo.processInfo.environment["TWEETMILL_SHARED"] { return path }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.deletingLastPathComponent().appendingPathComponent("shared").path
  }()

  /// The path of a file there, or nil, with a line that says so, where it is absent.
  public static func path(_ name: String) -> String? {
    let path = folder + "/" + name
    if FileManager.default.fileExists(atPath: path) { return path }
    FileHandle.standardError.write(Data("skipped: \(path) is absent\n".utf8))
    return nil
  }
}
