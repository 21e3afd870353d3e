public import Bytes
internal import JSON

/// A file of `trend` records in order of `window_end`, as `trend-compute` writes it, mapped and searched by halving: a
/// window of a file of any size costs some thirty lines beside its own. Not for pipes, and not for other orders.
public struct TrendFile: ~Copyable {
  private let bytes: MappedBytes
  private var parser = JSONParser()
  private var copy = ByteBuffer()

  /// Maps a file. - Throws: `SystemError`; EINVAL for what is no regular file.
  public init(_ path: String) throws(SystemError) { bytes = try MappedBytes(file: path) }

  /// What is wrong with a line.
  public struct Fault: Error, Equatable, Sendable {
    /// Where the line begins, in bytes.
    public var offset: Int
    /// What was expected.
    public var reason: String
  }

  // A line that is not blank, its record, and where the next line begins.
  private struct Line {
    var range: Range<Int>
    var next: Int
    var record: TrendRecord
  }

  /// The bytes of a line, without its newline.
  @_lifetime(borrow self)
  public borrowing func text(_ range: Range<Int>) -> Span<UInt8> { bytes.span(range) }

  // MARK: Windows

  /// The window that ends at `time`, or the last one before; the last of the file without a time. - Returns: the range
  /// of its lines, of all places; nil when there is none. - Complexity: O(log n) lines.
  public mutating func window(endingBy time: Int64?) throws(Fault) -> Range<Int>? {
    let behind = try firstLine { end in time.map { end > $0 } ?? false }
    guard let last = try lastLine(before: behind) else { return nil }
    let end = last.record.windowEnd
    return try firstLine { $0 >= end }..<behind
  }

  /// The end of the last window; nil when the file holds no record.
  public mutating func lastEnd() throws(Fault) -> Int64? {
    try lastLine(before: bytes.count)?.record.windowEnd
  }

  /// A record and the range of its line.
  public typealias Row = (record: TrendRecord, line: Range<Int>)

  /// The records of a window that `isWanted`, in order. - Complexity: O(bytes of the window).
  public mutating func rows(
    in window: Range<Int>, where isWanted: (TrendRecord) -> Bool
  ) throws(Fault) -> [Row] {
    var rows: [Row] = []
    var place = window.lowerBound
    var end: Int64?
    while let line = try line(from: place, before: window.upperBound) {
      if let end, line.record.windowEnd != end { throw Self.disorder(line.range.lowerBound) }
      end = line.record.windowEnd
      if isWanted(line.record) { rows.append((line.record, line.range)) }
      place = line.next
    }
    return rows
  }

  // MARK: Lines

  // Where the first line begins whose end of window `isWanted`, which once true stays true; the file's end if none.
  private mutating func firstLine(_ isWanted: (Int64) -> Bool) throws(Fault) -> Int {
    // Lines before `low` are not wanted; the one at `high` is, or is the end. Both are beginnings of lines.
    var low = 0
    var high = bytes.count
    var lowEnd = Int64.min
    var highEnd = Int64.max
    while low < high {
      let middle = low + (high - low) / 2
      let start = max(low, (bytes.span.lastIndex(of: 10, before: middle) ?? -1) + 1)
      guard let line = try line(from: start, before: high) else {
        high = start
        continue
      }
      let end = line.record.windowEnd
      if end < lowEnd || end > highEnd { throw Self.disorder(line.range.lowerBound) }
      if isWanted(end) {
        high = start
        highEnd = end
      } else {
        low = line.next
        lowEnd = end
      }
    }
    return low
  }

  // The first line from `start` on that is not blank.
  private mutating func line(from start: Int, before limit: Int) throws(Fault) -> Line? {
    var start = start
    while start < limit {
      let end = bytes.span.firstIndex(of: 10, from: start) ?? bytes.count
      let range = bytes.span.trimmed(start..<end)
      let next = min(end + 1, bytes.count)
      if !range.isEmpty { return Line(range: range, next: next, record: try record(range)) }
      start = next
    }
    return nil
  }

  private mutating func lastLine(before limit: Int) throws(Fault) -> Line? {
    var end = limit
    while end > 0 {
      let start = (bytes.span.lastIndex(of: 10, before: end - 1) ?? -1) + 1
      if let line = try line(from: start, before: end) { return line }
      end = start
    }
    return nil
  }

  private mutating func record(_ range: Range<Int>) throws(Fault) -> TrendRecord {
    let bytes = self.bytes
    copy.removeAll()
    copy.append(bytes.span(range))
    do throws(JSONError) { try parser.parse(copy, 0..<copy.count) } catch {
      throw Fault(offset: range.lowerBound, reason: "expected a trend record, found no valid JSON")
    }
    do throws(Rejection) { return try TrendRecord(parser.root) } catch {
      throw Fault(offset: range.lowerBound, reason: error.detail)
    }
  }

  private static func disorder(_ offset: Int) -> Fault {
    Fault(offset: offset, reason: "expected trend records in order of \"window_end\", found an earlier one")
  }
}
