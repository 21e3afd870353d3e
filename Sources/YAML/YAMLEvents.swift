// The only file that calls libyaml.
internal import Bytes
internal import CYAML

/// What libyaml met, with its place.
enum YAMLEvent {
  case streamStart
  case streamEnd
  case documentStart(Mark)
  case documentEnd
  case alias(String, Mark)
  case scalar(YAMLScalar, YAMLProperties)
  case sequenceStart(YAMLProperties)
  case sequenceEnd
  case mappingStart(YAMLProperties)
  case mappingEnd
}

/// What any node may carry.
struct YAMLProperties {
  var mark: Mark
  var anchor: String?
  var tag: String?
}

/// libyaml's event parser over bytes in memory.
@safe
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: [UInt8]) {
    unsafe input = .allocate(capacity: max(bytes.count, 1))
    unsafe _ = input.initialize(from: bytes)
    unsafe parser = .allocate(capacity: 1)
    // SAFETY: both allocations live as long as `self`; libyaml initialises the parser before anything reads it.
    unsafe _ = yaml_parser_initialize(parser)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event. - Throws: `Fault` where the text is no YAML.
  mutating func next() throws(Fault) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    let start = unsafe Mark(event.start_mark)
    // SAFETY: `type` says which member of the union is the live one; its strings end with the event.
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart(start)
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(unsafe Self.text(event.data.alias.anchor) ?? "", start)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let text = unsafe String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let properties = unsafe YAMLProperties(
        mark: start, anchor: Self.text(scalar.anchor), tag: Self.text(scalar.tag))
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      return .scalar(
        YAMLScalar(
          text: text, isPlain: isPlain,
          contentColumn: unsafe Self.contentColumn(text, isPlain, start, Mark(event.end_mark))), properties)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe event.data.sequence_start
      return .sequenceStart(
        unsafe YAMLProperties(mark: start, anchor: Self.text(sequence.anchor), tag: Self.text(sequence.tag)))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe event.data.mapping_start
      return .mappingStart(
        unsafe YAMLProperties(mark: start, anchor: Self.text(mapping.anchor), tag: Self.text(mapping.tag)))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: throw Fault(start, expected: "YAML", found: "an event that libyaml does not name")
    }
  }

  private func problem() -> Fault {
    let what = unsafe Self.text(parser.pointee.problem) ?? "a syntax error"
    let context = unsafe Self.text(parser.pointee.context)
    let mark = unsafe Mark(parser.pointee.problem_mark)
    let expected = context.map { "valid YAML \($0)" } ?? "valid YAML"
    var hint: String?
    if what.holds("cannot start any token") {
      hint = "indent with spaces, not tabs, and quote text that begins with % @ or `"
    }
    if what.holds("mapping values are not allowed") {
      hint = "quote a value that contains a colon and a space"
    }
    if what.holds("did not find expected") {
      hint = "look for a missing quote, bracket or indentation above"
    }
    return Fault(mark, expected: expected, found: what, hint: hint)
  }

  /// Where the first code point of the value stands, when the value stands in the file as it is.
  private static func contentColumn(_ text: String, _ isPlain: Bool, _ start: Mark, _ end: Mark) -> Int? {
    let quotes = isPlain ? 0 : 2
    guard start.line == end.line, end.column - start.column == text.unicodeScalars.count + quotes else {
      return nil
    }
    return start.column + quotes / 2
  }

  private static func text(_ raw: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let raw = unsafe raw else { return nil }
    return unsafe String(cString: raw)
  }

  private static func text(_ raw: UnsafePointer<CChar>?) -> String? {
    guard let raw = unsafe raw else { return nil }
    return unsafe String(cString: raw)
  }
}

extension Mark {
  fileprivate init(_ raw: yaml_mark_t) { self.init(line: Int(raw.line) + 1, column: Int(raw.column) + 1) }
}
