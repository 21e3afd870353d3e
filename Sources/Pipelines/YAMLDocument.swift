/// A value of a YAML file with its place.
struct YAMLNode: Sendable {
  enum Value: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  var mark: Mark
  var value: Value

  /// How messages call it.
  var kind: String {
    switch value {
    case .scalar(let scalar): scalar.isNothing ? "nothing" : shown(scalar.text)
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}

/// A text. Numbers, dates, `no` and `012` stay the text that they are.
struct YAMLScalar: Sendable {
  var text: String
  var isPlain: Bool
  /// The column of its first code point, where one column is one code point of the value.
  var contentColumn: Int?

  /// `key:` with nothing behind it, or `~`.
  var isNothing: Bool { isPlain && (text.isEmpty || text == "~" || text == "null") }
}

/// A key and its value.
struct YAMLEntry: Sendable {
  var key: String
  var keyMark: Mark
  var value: YAMLNode
}

/// Reads one YAML document into nodes: the subset that a pipeline needs, with hard limits, so that no file can take
/// more time or memory than its size warrants. No anchors, aliases, tags or second documents.
enum YAMLDocument {
  /// Bytes; a hundred thousand stages fit.
  static let maximumSize = 16 << 20
  /// A pipeline needs four levels.
  static let maximumDepth = 32

  /// The root node. - Throws: `Fault`, the first that makes the rest unreadable.
  static func parse(_ bytes: [UInt8]) throws(Fault) -> YAMLNode {
    if bytes.count > maximumSize {
      throw Fault(
        Mark(line: 1, column: 1), expected: "a file of at most 16 MiB", found: "\(bytes.count) bytes",
        hint: "is this a pipeline?")
    }
    // A byte order mark is no part of the text; without it libyaml's columns are ours.
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    try checkCharacters(text)
    var events = YAMLEvents(text)
    guard case .streamStart = try events.next() else {
      preconditionFailure("libyaml begins with a stream start")
    }
    guard case .documentStart = try events.next() else {
      throw Fault(Mark(line: 1, column: 1), expected: "pipeline:", found: "an empty file")
    }
    let root = try node(try events.next(), &events, depth: 0)
    guard case .documentEnd = try events.next() else {
      preconditionFailure("libyaml ends a document after its root")
    }
    switch try events.next() {
    case .documentStart(let mark):
      throw Fault(
        mark, expected: "the end of the file", found: "a second document", hint: "one file is one pipeline")
    default: return root
    }
  }

  private static func node(_ event: YAMLEvent, _ events: inout YAMLEvents, depth: Int) throws(Fault)
    -> YAMLNode
  {
    switch event {
    case .scalar(let scalar, let properties):
      try check(properties)
      return YAMLNode(mark: properties.mark, value: .scalar(scalar))
    case .sequenceStart(let properties):
      try check(properties, depth: depth)
      var items: [YAMLNode] = []
      while true {
        let next = try events.next()
        if case .sequenceEnd = next { break }
        items.append(try node(next, &events, depth: depth + 1))
      }
      return YAMLNode(mark: properties.mark, value: .sequence(items))
    case .mappingStart(let properties):
      try check(properties, depth: depth)
      return YAMLNode(mark: properties.mark, value: .mapping(try entries(&events, depth: depth)))
    case .alias(let name, let mark):
      throw Fault(
        mark, expected: "a value", found: "the alias *\(name)",
        hint: "anchors and aliases are not supported: write the value out, or use vars")
    default: preconditionFailure("libyaml opens every node before it ends")
    }
  }

  private static func entries(_ events: inout YAMLEvents, depth: Int) throws(Fault) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    while true {
      let next = try events.next()
      if case .mappingEnd = next { return entries }
      let key = try node(next, &events, depth: depth + 1)
      guard case .scalar(let name) = key.value else {
        throw Fault(key.mark, expected: "a name as key", found: key.kind, hint: "quote it if it is a name")
      }
      if let line = lines.updateValue(key.mark.line, forKey: name.text) {
        throw Fault(
          key.mark, expected: "each key once", found: "\(shown(name.text)) again",
          hint: "it was given in line \(line)")
      }
      entries.append(
        YAMLEntry(
          key: name.text, keyMark: key.mark, value: try node(try events.next(), &events, depth: depth + 1)))
    }
  }

  private static func check(_ properties: YAMLProperties, depth: Int = 0) throws(Fault) {
    if let anchor = properties.anchor {
      throw Fault(
        properties.mark, expected: "a value", found: "the anchor &\(anchor)",
        hint: "anchors and aliases are not supported: write the value out, or use vars")
    }
    if let tag = properties.tag {
      throw Fault(
        properties.mark, expected: "a value without a tag", found: shown(tag),
        hint: "remove the tag: all values are text")
    }
    if depth >= maximumDepth {
      throw Fault(properties.mark, expected: "at most \(maximumDepth) levels", found: "another one")
    }
  }

  /// libyaml refuses what is no text too, but says where by offset only.
  private static func checkCharacters(_ bytes: [UInt8]) throws(Fault) {
    var line = 1
    var column = 1
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 && byte != 9 && byte != 10 && byte != 13 || byte == 0x7F {
        throw Fault(
          Mark(line: line, column: column), expected: "text", found: "the control byte \(byte)",
          hint: byte == 0 ? "is this a text file in UTF-8?" : nil)
      }
      let length = UTF8Length.of(bytes, at: index)
      if length == 0 {
        throw Fault(
          Mark(line: line, column: column), expected: "UTF-8", found: "the byte 0x\(String(byte, radix: 16))",
          hint: "save the file as UTF-8")
      }
      index += length
      column += 1
      if byte == 10 {
        line += 1
        column = 1
      }
    }
  }
}

/// The shape of UTF-8, byte by byte (Unicode 15, table 3-7).
enum UTF8Length {
  /// Bytes of the code point at `index`; 0 where there is none.
  static func of(_ bytes: [UInt8], at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, index + length <= bytes.count else { return 0 }
    let second = bytes[index + 1]
    let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard second >= low, second <= high else { return 0 }
    for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
