internal import Bytes
internal import Records
internal import Commits
internal import SearchIndex
internal import TextAnalysis

/// The authors of segments that are merged. Each shows the handle of the newest tweet that lives and has one, so records are
/// asked for it: a segment's table may show that of a tweet that is dead.
///
/// Filled by one thread, then read by another. Memory: 4 bytes an author of each table, 32 and the handle for a distinct one.
final class MergedAuthors: @unchecked Sendable {
  private let parts: [LiveSegment]
  /// Authors with an id, told apart by it.
  private let identified: MergedStrings
  /// Authors without one, told apart by the folded handle; they stand first in every table.
  private var named = TermTable(capacity: 64)
  private var namedNumbers: [[UInt32]] = []
  private var states: [State]
  private var handles = ByteBuffer()

  private struct State {
    var isUsed = false
    /// The handle shown; -1 until one is found.
    var start = -1
    var count = 0
  }

  private static let idBytes = 8

  /// The authors of `parts`, none of them used yet. - Throws: `SegmentError`.
  init(_ parts: [LiveSegment], _ settings: AnalyzerSettings) throws {
    self.parts = parts
    var analyzer = Analyzer(settings)
    var folded = ByteBuffer()
    for part in parts {
      let table = part.segment.userTable
      var numbers: [UInt32] = []
      while numbers.count < table.count {
        let bytes = try table.string(numbers.count)
        guard bytes.count >= Self.idBytes else {
          throw part.segment.corrupt(.userTable, numbers.count, "an author without an id")
        }
        if bytes.word(at: 0) != 0 { break }
        folded.removeAll()
        analyzer.fold(bytes.extracting(Self.idBytes..<bytes.count), into: &folded)
        numbers.append(UInt32(named.insert(TermField.author.rawValue, folded.span)))
      }
      namedNumbers.append(numbers)
    }
    identified = try MergedStrings(
      parts, .userTable, from: namedNumbers.map(\.count), keyBytes: Self.idBytes)
    states = [State](repeating: State(), count: named.count + identified.count)
  }

  /// The number of the author that a document's ordinal means; nil for none. - Throws: `SegmentError`.
  func author(_ part: Int, _ document: Int, ordinal: Int64) throws(SegmentError) -> Int? {
    let segment = parts[part].segment
    guard let string = try segment.string(ordinal, of: segment.userTable.count, .users, document) else {
      return nil
    }
    if string < namedNumbers[part].count { return Int(namedNumbers[part][string]) }
    return named.count + Int(identified.numbers[part][string])
  }

  /// Says that an author has a living document, and tells whether its handle would be new. Documents come newest first.
  func use(_ author: Int, _ part: Int, ordinal: Int64) throws(SegmentError) -> Bool {
    states[author].isUsed = true
    if states[author].start >= 0 { return false }
    // No tweet of the part has one where the table has none.
    let table = parts[part].segment.userTable
    return try table.string(Int(ordinal) - 1).count > Self.idBytes
  }

  /// Gives an author the handle of a document, where that has one.
  func show(_ author: Int, _ tweet: borrowing Tweet) {
    guard let user = tweet.user, user.username.hasText else { return }
    states[author].start = handles.count
    states[author].count = Int(user.username.count)
    handles.append(tweet.bytes(user.username))
  }

  /// Writes the table of those used. - Returns: per author the ordinal that its documents have. - Throws: `SegmentError`.
  func write(to table: inout StringTableWriter) throws -> [UInt32] {
    var ordinals = [UInt32](repeating: 0, count: states.count)
    var ordinal: UInt32 = 0
    var string = ByteBuffer(capacity: 64)
    let first = (0..<named.count).filter { states[$0].isUsed }
      .map { (author: $0, handle: handle($0)) }
      .sorted { $0.handle.span.compare($1.handle.span) < 0 }
    for (author, handle) in first {
      string.removeAll()
      string.append(littleEndian: UInt64(0))
      string.append(handle.span)
      table.add(string.span)
      ordinal += 1
      ordinals[author] = ordinal
    }
    for number in 0..<identified.count where states[named.count + number].isUsed {
      string.removeAll()
      try identified.appendKey(number, to: &string)
      string.append(handle(named.count + number).span)
      table.add(string.span)
      ordinal += 1
      ordinals[named.count + number] = ordinal
    }
    return ordinals
  }

  private func handle(_ author: Int) -> [UInt8] {
    let state = states[author]
    return state.start < 0 ? [] : handles.copy(state.start..<state.start + state.count)
  }
}
