public import Bytes

/// A source of bytes that is read once from start to end.
public protocol ByteStream: AnyObject {
  /// Appends up to about `size` bytes to `buffer`. - Returns: how many; 0 at the end.
  /// - Throws: `SystemError`, or `ContainerError` after all bytes that could be had were handed out.
  func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int
}

/// What is wrong with a container.
public enum ContainerError: Error, Equatable {
  /// It ends too early: what came before was handed out.
  case truncated(String)
  /// It is damaged.
  case corrupt(String)
}

extension ContainerError {
  /// In words for people.
  public var words: String {
    switch self {
    case .truncated(let text): text
    case .corrupt(let text): "corrupt: " + text
    }
  }
}

/// A file, or standard input.
public final class FileStream: ByteStream {
  private var input: InputStream
  /// Bytes read from the file so far: how far a run is.
  public private(set) var position = 0

  /// Opens `path`; `-` is standard input.
  public init(_ path: String) throws(SystemError) { input = try InputStream(path) }

  /// Reads on.
  public func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    let count = try input.read(into: &buffer, upTo: size)
    position += count
    return count
  }
}
