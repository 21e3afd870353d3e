internal import Bytes
internal import Containers

/// Something that cuts a member into chunks.
protocol MemberChunker: AnyObject {
  /// The next chunk, or nil at the end.
  func next() throws -> Chunk?
}

/// The part of a member that is in memory, with its place in it.
struct MemberWindow: ~Copyable {
  /// Bytes of a chunk: large enough that handing over costs nothing, small enough to keep memory low.
  static let chunkSize = 1 << 20

  private let stream: any ByteStream
  private let source: String
  private let member: String
  private let context: MemberContext
  private var pending = ByteBuffer(capacity: chunkSize)
  private var offset: Int
  private var line: Int
  private var damage: String?
  private var hold: LargeChunk?
  /// No more bytes come.
  private(set) var atEnd = false
  /// The last chunk was taken.
  private(set) var isDone = false

  init(
    _ stream: any ByteStream, source: String, member: String, context: MemberContext, offset: Int = 0,
    line: Int = 1
  ) {
    self.stream = stream
    self.source = source
    self.member = member
    self.context = context
    self.offset = offset
    self.line = line
  }

  /// Bytes in memory.
  var count: Int { pending.count }

  /// The bytes in memory.
  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { pending.span }
  }

  /// Reads until `size` bytes are there, or all. Damage of the container counts as the end.
  mutating func fill(_ size: Int) throws {
    if size > LargeChunk.size, pending.count < size, hold == nil, !atEnd, let gate = context.gate {
      hold = LargeChunk(gate)
    }
    do {
      while pending.count < size && !atEnd {
        let more = max(size - pending.count, 1 << 16)
        pending.reserveExactly(more)
        if try stream.read(into: &pending, upTo: more) == 0 { atEnd = true }
      }
    } catch let error as ContainerError {
      atEnd = true
      damage = error.words
    }
  }

  /// Whether the next value is an array or an assignment, which lines say nothing about.
  mutating func beginsArray() -> Bool {
    if offset == 0, pending.count >= 3, pending.span.word(at: 0) & 0xFF_FFFF == 0xBF_BBEF { drop(3) }
    return Self.beginsArray(pending.span)
  }

  private static func beginsArray(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    guard index < bytes.count else { return false }
    return bytes[index] == UInt8(ascii: "[") || Assignment.end(bytes, index) != nil
  }

  /// The last place among the first `size` bytes where no value can be cut.
  func safeCut(_ size: Int) -> Int? { LineChunker.cut(pending.span.extracting(0..<min(size, pending.count))) }

  /// The next piece by `splitter`.
  func split(_ splitter: inout ValueSplitter, _ rest: ValueSplitter.Rest) -> ValueSplitter.Piece {
    splitter.next(pending.span, rest: rest)
  }

  /// Where the value ends that began before the window.
  func endOfLong(_ splitter: inout ValueSplitter) -> Int? { splitter.end(ofLong: pending.span) }

  /// Whether nothing but blanks stands between `index` and the end of its line.
  func isLineEnd(_ index: Int) -> Bool {
    let bytes = pending.span
    var index = index
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D {
      index += 1
    }
    return index < bytes.count && bytes[index] == 0x0A
  }

  /// A count of lines that begins at the window's first byte.
  func lineCounter() -> LineCounter { LineCounter(line: line) }

  /// The line of the byte at `index`, from 1; places must not fall.
  func line(at index: Int, _ counter: inout LineCounter) -> Int { counter.line(at: index, pending.span) }

  /// Passes over bytes.
  mutating func drop(_ count: Int) {
    line += LineCounter.newlines(pending.span, 0..<count)
    offset += count
    pending.removeFirst(count)
  }

  /// The first `count` bytes as a chunk.
  mutating func take(_ count: Int, _ layout: Chunk.Layout) -> Chunk {
    var rest = ByteBuffer(capacity: max(Self.chunkSize, pending.count - count))
    rest.append(pending, count..<pending.count)
    swap(&rest, &pending)
    rest.truncate(to: count)
    let lines = LineCounter.newlines(rest.span, 0..<count)
    let chunk = chunk(rest, layout)
    if count > LargeChunk.size {
      chunk.hold = hold
      hold = nil
    } else if pending.count <= LargeChunk.size {
      hold = nil
    }
    offset += count
    line += lines
    return chunk
  }

  /// All that is left as the last chunk; nil when there is nothing to say.
  mutating func takeLast(_ values: [Chunk.Value]? = nil) -> Chunk? {
    if isDone || pending.isEmpty && damage == nil {
      isDone = true
      return nil
    }
    isDone = true
    let layout: Chunk.Layout = if let values { .values(values) } else { .lines }
    let last = take(pending.count, layout)
    last.isLast = true
    last.damage = damage
    return last
  }

  /// A chunk with the first bytes of a value that is too long to keep.
  func startLong(_ kept: Int) -> Chunk {
    var start = ByteBuffer(capacity: kept)
    start.append(pending, 0..<min(kept, pending.count))
    let value = Chunk.Value(0..<start.count, line: line)
    return chunk(start, .values([value]))
  }

  private func chunk(_ bytes: consuming ByteBuffer, _ layout: Chunk.Layout) -> Chunk {
    let chunk = Chunk(
      bytes: bytes, source: source, member: member, offset: offset, line: line, layout: layout)
    chunk.context = context
    return chunk
  }
}

/// Counts lines along rising places.
struct LineCounter {
  private var at: Int
  private var number: Int

  /// A counter that knows the line of the byte at `at`.
  init(line: Int, at: Int = 0) {
    number = line
    self.at = at
  }

  /// The line of the byte at `index`.
  mutating func line(at index: Int, _ bytes: Span<UInt8>) -> Int {
    number += Self.newlines(bytes, at..<max(index, at))
    at = max(index, at)
    return number
  }

  /// Newlines in `range`.
  static func newlines(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    let part = bytes.extracting(range)
    var count = 0
    var index = 0
    while let found = part.firstIndex(of: 0x0A, from: index) {
      count += 1
      index = found + 1
    }
    return count
  }
}
