public import Bytes
internal import CSimdjson

/// simdjson's DOM parser: validates a document whole (grammar and UTF-8) and lends its tape.
///
/// One call across the C seam per document; `JSONValue` then walks the tape with checked reads. Duplicate keys are all
/// on the tape, in order. Memory: about 12 times the largest document seen. Not thread-safe: one parser a thread.
@safe
public struct JSONParser: ~Copyable {
  private let handle: OpaquePointer
  private var view = unsafe tm_json_view()

  /// A parser with room for documents of 64 KiB; it grows by itself.
  public init() {
    guard let made = unsafe tm_json_create() else { fatalError("no memory for a JSON parser") }
    unsafe handle = made
  }

  deinit { unsafe tm_json_destroy(handle) }

  /// Nesting beyond this is `tooDeep`.
  public static let maximumDepth = Int(TM_JSON_MAX_DEPTH)

  /// Parses bytes `range` of `buffer`, whose padding simdjson may read.
  ///
  /// - Throws: `JSONError` without a place; `JSONDiagnosis` finds it. - Complexity: O(n), about 2 GB/s.
  public mutating func parse(_ buffer: borrowing ByteBuffer, _ range: Range<Int>) throws(JSONError) {
    let bytes = buffer.span
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let status = unsafe bytes.withUnsafeBufferPointer { all in
      guard let base = all.baseAddress else { return Int32(TM_JSON_SYNTAX.rawValue) }
      // SAFETY: a `ByteBuffer` has 64 readable bytes behind its content, so `range` has too.
      return unsafe tm_json_parse(handle, base + range.lowerBound, range.count, &view)
    }
    switch UInt32(status) {
    case TM_JSON_OK.rawValue: return
    case TM_JSON_UTF8.rawValue: throw .badUTF8
    case TM_JSON_DEPTH.rawValue: throw .tooDeep
    case TM_JSON_NUMBER.rawValue: throw .badNumber
    case TM_JSON_MEMORY.rawValue: throw .tooLarge
    default: throw .badSyntax
    }
  }

  /// The document parsed last. Call only after `parse` returned.
  public var root: JSONValue {
    @_lifetime(borrow self)
    get {
      // SAFETY: the view is the parser's own memory, unchanged until the next `parse`, which needs exclusive access.
      let tape = unsafe Span(_unsafeStart: view.tape, count: view.tape_count)
      let strings = unsafe Span(_unsafeStart: view.strings, count: view.strings_count)
      let value = JSONValue(tape: tape, strings: strings, index: 1)
      return unsafe _overrideLifetime(value, borrowing: self)
    }
  }
}

/// Why a document is not JSON.
public enum JSONError: Error, Equatable, Sendable {
  /// Breaks the grammar.
  case badSyntax
  /// Holds bytes that are not UTF-8.
  case badUTF8
  /// Nested deeper than `JSONParser.maximumDepth`.
  case tooDeep
  /// A number that breaks the grammar, or does not fit 64 bits.
  case badNumber
  /// No memory for it.
  case tooLarge
}
