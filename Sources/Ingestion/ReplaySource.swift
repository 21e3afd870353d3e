internal import Bytes
public import Containers
internal import JSON
internal import Records

/// Reads a file of rejects again: each one's raw bytes as a value of its own, with the place that it came from.
/// `next` is called by one thread; `failure` read after its end.
public final class ReplaySource: @unchecked Sendable {
  private enum Key {
    static let table = KeyTable([
      "type", "source", "member", "line", "offset", "reason", "detail", "raw", "raw_base64",
    ])
    static let type = 0, source = 1, member = 2, line = 3, offset = 4, reason = 5, detail = 6, raw = 7
    static let base64 = 8
  }

  private let lines: ChunkSource
  private var parser = JSONParser()
  private var chunk: Chunk?
  private var at = 0
  private var line = 0
  private let path: String
  /// Why the chunks ended too early, or nil.
  public private(set) var failure: (any Error)?

  /// Reads the rejects of the file `path`.
  public init(_ path: String) {
    self.path = path
    lines = ChunkSource([path])
  }

  /// The next reject's bytes, or nil at the end and after a failure.
  public func next() -> Chunk? {
    while failure == nil {
      guard let chunk, at < chunk.bytes.count else {
        self.chunk = lines.next()
        at = 0
        if self.chunk == nil {
          failure = lines.failure
          return nil
        }
        continue
      }
      let end = chunk.bytes.span.firstIndex(of: 0x0A, from: at) ?? chunk.bytes.count
      let content = chunk.bytes.span.trimmed(at..<end)
      at = end + 1
      line += 1
      if content.isEmpty { continue }
      if let found = read(chunk, content) { return found }
      failure = ReplayError(path: path, line: line)
    }
    return nil
  }

  /// Throws what ended the chunks too early.
  public func check() throws { if let failure { throw failure } }

  private func read(_ chunk: Chunk, _ range: Range<Int>) -> Chunk? {
    do throws(JSONError) { try parser.parse(chunk.bytes, range) } catch { return nil }
    return Self.read(parser)
  }

  private static func read(_ parser: borrowing JSONParser) -> Chunk? {
    let value = parser.root
    guard value.isObject else { return nil }
    let fields = JSONFields(value, Key.table)
    guard let type = fields[Key.type], type.string.equals("reject"), let source = fields[Key.source] else {
      return nil
    }
    var raw = ByteBuffer(capacity: 1024)
    if let text = fields[Key.raw], text.isString {
      raw.append(text.string)
    } else if let text = fields[Key.base64], text.isString {
      guard Base64.decode(text.string, into: &raw) else { return nil }
    } else {
      return nil
    }
    let member = fields[Key.member]?.string.text ?? ""
    let line = Int(clamping: max(fields.count(Key.line), 1))
    let offset = Int(clamping: max(fields.count(Key.offset), 0))
    let isEmpty = raw.isEmpty
    let values = [Chunk.Value(0..<raw.count, line: line)]
    let chunk = Chunk(
      bytes: raw, source: source.string.text, member: member, offset: offset, line: line,
      layout: .values(isEmpty ? [] : values))
    chunk.context = MemberContext(form: .json)
    chunk.isLast = true
    // Of a damaged container nothing was kept that could be read again.
    if isEmpty { chunk.damage = fields[Key.detail]?.string.text ?? "nothing was kept" }
    return chunk
  }
}

/// A line that is no reject.
public struct ReplayError: Error, Equatable {
  /// The file.
  public var path: String
  /// The line, from 1.
  public var line: Int
}
