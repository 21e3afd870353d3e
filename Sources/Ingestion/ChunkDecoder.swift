internal import Bytes
public import Containers
internal import Records

/// Decodes whole chunks: line by line where values stand on one line each, with a slower way for those that do not.
public final class ChunkDecoder {
  private var work: ChunkWork

  /// A decoder for one thread.
  public init(program: String, options: DecodingOptions) {
    work = ChunkWork(program: program, options: options)
  }

  /// Reads all values of `chunk`. Never throws: what is refused is a reject of the result.
  public func decode(_ chunk: Chunk) -> DecodedChunk { work.decode(chunk) }
}

/// The work itself: a struct, so that exclusive access is taken once a chunk and not once a record.
private struct ChunkWork: ~Copyable {
  private var decoder: RecordDecoder
  private let program: String
  private let limit: Int

  init(program: String, options: DecodingOptions) {
    self.program = program
    limit = options.maximumRecordBytes
    decoder = RecordDecoder(options: options)
  }

  mutating func decode(_ chunk: Chunk) -> DecodedChunk {
    let result = DecodedChunk()
    result.inputBytes = chunk.bytes.count
    result.hold = chunk.hold
    let context = chunk.context as? MemberContext
    var endsCut = false
    switch (chunk.layout, context?.form ?? .json) {
    case (.values(let values), let form):
      for value in values {
        decode(value, form, context, chunk, result)
        endsCut = value.isCut
      }
    case (.lines, .edges): decodeEdges(chunk, result)
    case (.lines, _): endsCut = decodeLines(chunk.bytes, chunk, context?.owner, result)
    }
    if let damage = chunk.damage, !endsCut {
      let end = chunk.bytes.count
      let line = chunk.line + LineCounter.newlines(chunk.bytes.span, 0..<end)
      result.ledger.read += 1
      reject(Rejection(.truncated, damage), chunk, end..<end, line: line, result)
    }
    decoder.flush(result)
    if chunk.bytes.count > LargeChunk.size { decoder.shrink() }
    return result
  }

  private mutating func decode(
    _ value: Chunk.Value, _ form: MemberContext.Form, _ context: MemberContext?, _ chunk: Chunk,
    _ result: DecodedChunk
  ) {
    if let length = value.fullLength {
      return rejectLong(chunk, value.range, length, line: value.line, result)
    }
    if value.isCut { return rejectCut(chunk, value.range, line: value.line, result) }
    if value.range.count > limit {
      return rejectLong(chunk, value.range, value.range.count, line: value.line, result)
    }
    if form == .rows, let columns = context?.columns {
      result.ledger.read += 1
      do throws(Rejection) {
        try decoder.decodeRow(chunk.bytes, value.range, columns, into: result)
      } catch { reject(error, chunk, value.range, line: value.line, result) }
    } else {
      decodeValue(chunk, value.range, line: value.line, context?.owner, result)
    }
  }

  private mutating func decodeValue(
    _ chunk: Chunk, _ range: Range<Int>, line: Int, _ owner: ArchiveOwner?, _ result: DecodedChunk
  ) {
    do throws(Rejection) {
      try decoder.parse(chunk.bytes, range)
    } catch {
      result.ledger.read += 1
      return reject(error, chunk, range, line: line, result)
    }
    decodeParsed(chunk, range, line: line, owner, result)
  }

  private mutating func decodeParsed(
    _ chunk: Chunk, _ range: Range<Int>, line: Int, _ owner: ArchiveOwner?, _ result: DecodedChunk
  ) {
    do throws(Rejection) {
      try decoder.decode(owner, into: result)
    } catch {
      return reject(error, chunk, range, line: line, result)
    }
    for refused in decoder.elementRejects {
      let place = Self.place(of: refused, chunk.bytes, range)
      let placeLine = line + LineCounter.newlines(chunk.bytes.span, range.lowerBound..<place.lowerBound)
      reject(refused.rejection, chunk, place, line: placeLine, result)
    }
  }

  private static func place(
    of refused: ElementReject, _ bytes: borrowing ByteBuffer, _ range: Range<Int>
  ) -> Range<Int> {
    let found = ElementLocator.find(refused.list, refused.index, in: bytes.span.extracting(range))
    guard let found else { return range }
    return range.lowerBound + found.lowerBound..<range.lowerBound + found.upperBound
  }

  // Returns whether the end of the input cut the last value. `bytes` are the chunk's, borrowed once for all lines.
  private mutating func decodeLines(
    _ bytes: borrowing ByteBuffer, _ chunk: Chunk, _ owner: ArchiveOwner?, _ result: DecodedChunk
  ) -> Bool {
    let count = bytes.count
    var start = 0
    var line = chunk.line
    while start < count {
      let end = bytes.span.firstIndex(of: 0x0A, from: start) ?? count
      let content = bytes.span.trimmed(start..<end)
      if content.isEmpty {
        start = end + 1
        line += 1
        continue
      }
      if content.count <= limit, bytes.span[content.lowerBound] == UInt8(ascii: "{"),
        decoder.parses(bytes, content)
      {
        decodeParsed(chunk, content, line: line, owner, result)
        start = end + 1
        line += 1
        continue
      }
      var counter = LineCounter(line: line, at: start)
      var splitter = ValueSplitter(at: content.lowerBound)
      switch decodeSplit(chunk, &splitter, &counter, owner, result) {
      case .cut: return true
      case .end: return false
      case .line(let next):
        line = counter.line(at: next, chunk.bytes.span)
        start = next
      }
    }
    return false
  }

  private enum SplitEnd { case line(Int), end, cut }

  // Value by value, until one ends with its line.
  private mutating func decodeSplit(
    _ chunk: Chunk, _ splitter: inout ValueSplitter, _ counter: inout LineCounter, _ owner: ArchiveOwner?,
    _ result: DecodedChunk
  ) -> SplitEnd {
    while true {
      switch splitter.next(chunk.bytes.span, rest: .none) {
      case .value(let range):
        let line = counter.line(at: range.lowerBound, chunk.bytes.span)
        if range.count > limit {
          rejectLong(chunk, range, range.count, line: line, result)
        } else {
          decodeValue(chunk, range, line: line, owner, result)
        }
        if splitter.isIdle, let next = Self.lineEnd(chunk.bytes.span, splitter.index) { return .line(next) }
      case .cut(let range):
        let line = counter.line(at: range.lowerBound, chunk.bytes.span)
        guard chunk.isLast else {
          decodeValue(chunk, range, line: line, owner, result)
          return .end
        }
        rejectCut(chunk, range, line: line, result)
        return .cut
      case .end, .incomplete: return .end
      }
    }
  }

  // One past the newline, when only blanks stand before it.
  private static func lineEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A: return index + 1
      case 0x20, 0x09, 0x0D: index += 1
      default: return nil
      }
    }
    return index
  }

  private mutating func decodeEdges(_ chunk: Chunk, _ result: DecodedChunk) {
    let count = chunk.bytes.count
    var start = 0
    var line = chunk.line
    while start < count {
      let end = chunk.bytes.span.firstIndex(of: 0x0A, from: start) ?? count
      let content = chunk.bytes.span.trimmed(start..<end)
      if !content.isEmpty {
        result.ledger.read += 1
        do throws(Rejection) {
          try decoder.decodeEdge(chunk.bytes, content, isFirst: line == 1, into: result)
        } catch { reject(error, chunk, content, line: line, result) }
      }
      start = end + 1
      line += 1
    }
  }

  private func rejectCut(_ chunk: Chunk, _ range: Range<Int>, line: Int, _ result: DecodedChunk) {
    result.ledger.read += 1
    let why = chunk.damage.map { "; \($0)" } ?? ""
    let detail = "byte \(range.count): the input ends before the value is complete" + why
    reject(Rejection(.truncated, detail), chunk, range, line: line, result)
  }

  private func rejectLong(
    _ chunk: Chunk, _ range: Range<Int>, _ length: Int, line: Int, _ result: DecodedChunk
  ) {
    result.ledger.read += 1
    let kept = range.lowerBound..<min(range.upperBound, range.lowerBound + 64 << 10)
    reject(
      Rejection(.tooLong, "\(length) bytes; at most \(limit) are taken (--max-record-bytes)"), chunk, kept,
      line: line, result)
  }

  private func reject(
    _ rejection: Rejection, _ chunk: Chunk, _ range: Range<Int>, line: Int, _ result: DecodedChunk
  ) {
    result.ledger.rejected += 1
    result.rejects.append(
      Reject(
        program: program, source: chunk.source, member: chunk.member, line: line,
        offset: chunk.offset + range.lowerBound, rejection: rejection,
        raw: chunk.bytes.copy(range)))
  }
}
