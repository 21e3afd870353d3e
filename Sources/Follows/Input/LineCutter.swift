internal import Bytes
internal import Containers

/// Cuts a member into chunks of whole lines. Where the cuts lie depends on the bytes alone.
final class LineCutter: ChunkCutter {
  private let stream: any ByteStream
  private let source: String
  private let member: String
  private let form: GraphForm
  private var pending = ByteBuffer(capacity: room)
  private var offset = 0
  private var line = 1
  private var atEnd = false
  /// Bytes of a chunk, and of the longest line: an edge has 60 at most, an event 200.
  static let size = 1 << 20
  // A chunk, and what the read that fills it may bring beyond it.
  private static let room = size + 1 << 16
  /// What a reject keeps of a longer line.
  static let kept = 1 << 16

  init(_ stream: any ByteStream, source: String, member: String, form: GraphForm) {
    self.stream = stream
    self.source = source
    self.member = member
    self.form = form
  }

  /// The next chunk, or nil at the end. A line that is too long is a chunk of one cut value.
  func next() throws -> Chunk? {
    let chunk = try cut()
    chunk?.context = form
    return chunk
  }

  private func cut() throws -> Chunk? {
    try fill()
    if atEnd && pending.count <= Self.size { return pending.isEmpty ? nil : take(pending.count) }
    if let newline = pending.span.lastIndex(of: 0x0A, before: Self.size) { return take(newline + 1) }
    return try takeLongLine()
  }

  private func fill() throws {
    while pending.count < Self.size + 1 && !atEnd {
      if try stream.read(into: &pending, upTo: 1 << 16) == 0 { atEnd = true }
    }
  }

  private func take(_ count: Int) -> Chunk {
    Chunk.lines(
      count, of: &pending, room: Self.room, source: source, member: member, offset: &offset, line: &line)
  }

  private func takeLongLine() throws -> Chunk {
    var head = ByteBuffer(capacity: Self.kept)
    head.append(pending.span.extracting(0..<Self.kept))
    var length = 0
    var skipped = 0
    while true {
      if let newline = pending.span.firstIndex(of: 0x0A) {
        length += newline
        skipped = newline + 1
        break
      }
      length += pending.count
      pending.removeAll()
      try fill()
      if pending.isEmpty { break }
    }
    pending.removeFirst(skipped)
    var value = Chunk.Value(0..<head.count, line: line)
    value.fullLength = length
    let chunk = Chunk(
      bytes: head, source: source, member: member, offset: offset, line: line, layout: .values([value]))
    offset += length + (skipped > 0 ? 1 : 0)
    line += 1
    return chunk
  }
}
