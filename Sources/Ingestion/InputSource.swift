internal import Bytes
public import Containers
internal import Synchronization

/// The chunks of all inputs of `ingest`: containers unpacked, members told apart by what they hold, values kept whole.
///
/// In account archives the owner's own file is read first where the archive is a folder or a seekable zip, else when it
/// comes by; files of an archive that hold no tweets are passed over. A failure ends the chunks and waits in `check`.
/// `next` is called by one thread; the rest after its end.
public final class InputSource: @unchecked Sendable {
  private let operands: [String]
  private let options: DecodingOptions
  private var walker = InputWalker([])
  private var chunker: (any MemberChunker)?
  private var owners = ArchiveOwners()
  private var isOpen = false
  private let position = Atomic<Int>(0)
  private let gate = BoundedQueue<Bool>(capacity: 1)
  /// Why the chunks ended too early, or nil.
  public private(set) var failure: (any Error)?
  /// Members passed over because they hold no tweets.
  public private(set) var skippedMembers = 0

  /// Reads what `operands` name; `-`, or no operand at all, is standard input.
  public init(_ operands: [String], options: DecodingOptions) {
    self.operands = operands.isEmpty ? ["-"] : operands
    self.options = options
  }

  /// Bytes read from the files so far. May be asked by any thread.
  public var bytesRead: Int { position.load(ordering: .relaxed) }

  /// The next chunk, or nil at the end and after a failure.
  public func next() -> Chunk? {
    do {
      if !isOpen {
        isOpen = true
        let files = try InputPaths.expand(operands)
        if options.readsArchives { try owners.look(into: files) }
        walker = InputWalker(files)
      }
      while failure == nil {
        if let chunk = try chunker?.next() {
          position.store(walker.bytesRead, ordering: .relaxed)
          return chunk
        }
        chunker = nil
        guard let step = try walker.next() else { return nil }
        switch step {
        case .member(let source, let member, let stream):
          chunker = try open(stream, source, member)
        case .damage(let source, let member, let error):
          return Self.damaged(source, member, error)
        }
      }
    } catch {
      failure = error
    }
    return nil
  }

  /// Throws what ended the chunks too early.
  public func check() throws { if let failure { throw failure } }

  private func open(_ stream: PeekStream, _ source: String, _ member: String) throws -> (any MemberChunker)? {
    let path = member.isEmpty ? source : source + "/" + member
    let limit = options.maximumRecordBytes
    if options.shape == .edges {
      let context = MemberContext(form: .edges, gate: gate)
      return LineListChunker(
        MemberWindow(stream, source: source, member: member, context: context), limit: limit)
    }
    if options.mayBeTable, let columns = try header(stream, path) {
      let context = MemberContext(form: .rows, columns: columns, gate: gate)
      let window = MemberWindow(stream, source: source, member: member, context: context)
      return RowChunker(window, delimiter: columns.delimiter, limit: limit)
    }
    if options.readsArchives {
      let name = try stream.peek(Assignment.longest + 3) { Assignment.name($0, MemberHead.start($0)) }
      if let name, !Assignment.holdsTweets(name) {
        if ArchiveOwnerReader.isOwnerVariable(name) { try owners.add(stream, path) }
        skippedMembers += 1
        return nil
      }
      // What else lies in an account archive (pictures, pages, scripts) holds no tweets.
      if name == nil && owners.isInArchive(path) {
        skippedMembers += 1
        return nil
      }
    }
    let context = MemberContext(form: .json, owner: owners.owner(of: path), gate: gate)
    return ValueChunker(
      MemberWindow(stream, source: source, member: member, context: context), limit: limit)
  }

  private func header(_ stream: PeekStream, _ path: String) throws -> TableColumns? {
    let map = options.csvMap
    let columns = try stream.peek(MemberHead.longest) { head -> TableColumns? in
      guard let line = MemberHead.headerLine(head) else { return nil }
      return TableColumns(header: head.extracting(line), map: map)
    }
    if columns == nil && options.shape == .csv {
      let isEmpty = try stream.peek(1) { $0.count == 0 }
      if !isEmpty { throw IngestError.noHeader(path) }
    }
    return columns
  }

  private static func damaged(_ source: String, _ member: String, _ error: ContainerError) -> Chunk {
    let chunk = Chunk(
      bytes: ByteBuffer(capacity: 16), source: source, member: member, offset: 0, line: 1, layout: .lines)
    chunk.isLast = true
    chunk.damage = error.words
    return chunk
  }
}

/// The one place for a large value, from the time it is read until its records and rejects are written: memory holds one
/// of them at a time.
final class LargeChunk: Sendable {
  /// Chunks above this are large.
  static let size = 3 << 20
  private let gate: BoundedQueue<Bool>

  /// Waits until the place is free.
  init(_ gate: BoundedQueue<Bool>) {
    self.gate = gate
    gate.push(true)
  }

  // Also when the chunk is dropped unread, so that nobody waits for ever.
  deinit { _ = gate.pop() }
}

/// The first bytes of a member.
enum MemberHead {
  /// A header longer than this is none.
  static let longest = 1 << 16

  /// Where the content begins: behind a byte-order mark and blanks.
  static func start(_ head: Span<UInt8>) -> Int {
    var index = head.count >= 3 && head.word(at: 0) & 0xFF_FFFF == 0xBF_BBEF ? 3 : 0
    while index < head.count, head[index] <= 0x20 { index += 1 }
    return index
  }

  /// The first line, when it begins neither a JSON value nor an assignment.
  static func headerLine(_ head: Span<UInt8>) -> Range<Int>? {
    let start = start(head)
    guard start < head.count, head[start] != UInt8(ascii: "{"), head[start] != UInt8(ascii: "["),
      Assignment.end(head, start) == nil
    else { return nil }
    var end = head.firstIndex(of: 0x0A, from: start) ?? head.count
    while end > start, head[end - 1] == 0x0D { end -= 1 }
    return UTF8Check.firstError(in: head.extracting(start..<end)) == nil ? start..<end : nil
  }
}

/// What keeps `ingest` from reading at all.
public enum IngestError: Error, Equatable {
  /// A table was asked for and the first line is no header that names its columns.
  case noHeader(String)
}
