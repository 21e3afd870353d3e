/// Reads one YAML document into nodes: the subset that our files need, with hard limits, so that none can take more time
/// or memory than its size warrants. No anchors, aliases, tags or second documents.
public struct YAMLDocument: Sendable {
  /// Bytes; a hundred thousand stages of a pipeline fit.
  public static let maximumSize = 16 << 20
  /// A pipeline needs four levels.
  static let maximumDepth = 32

  /// What a file is, for messages: `pipeline`.
  private let name: String
  /// What it begins with: `pipeline:`.
  private let beginning: String
  /// What to do where an anchor or an alias was meant.
  private let insteadOfAlias: String

  /// A document that is one `name`.
  public init(name: String, beginning: String, insteadOfAlias: String = "write the value out") {
    self.name = name
    self.beginning = beginning
    self.insteadOfAlias = insteadOfAlias
  }

  /// The root node. - Throws: `Fault`, the first that makes the rest unreadable.
  public func parse(_ bytes: [UInt8]) throws(Fault) -> YAMLNode {
    if bytes.count > Self.maximumSize {
      throw Fault(
        Mark(line: 1, column: 1), expected: "a file of at most 16 MiB", found: "\(bytes.count) bytes",
        hint: "is this a \(name)?")
    }
    // A byte order mark is no part of the text; without it libyaml's columns are ours.
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    try Self.checkCharacters(text)
    var events = YAMLEvents(text)
    guard case .streamStart = try events.next() else {
      preconditionFailure("libyaml begins with a stream start")
    }
    guard case .documentStart = try events.next() else {
      throw Fault(Mark(line: 1, column: 1), expected: beginning, found: "an empty file")
    }
    let root = try node(try events.next(), &events, depth: 0)
    guard case .documentEnd = try events.next() else {
      preconditionFailure("libyaml ends a document after its root")
    }
    switch try events.next() {
    case .documentStart(let mark):
      throw Fault(
        mark, expected: "the end of the file", found: "a second document", hint: "one file is one \(name)")
    default: return root
    }
  }

  private func node(_ event: YAMLEvent, _ events: inout YAMLEvents, depth: Int) throws(Fault)
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
        hint: "anchors and aliases are not supported: \(insteadOfAlias)")
    default: preconditionFailure("libyaml opens every node before it ends")
    }
  }

  private func entries(_ events: inout YAMLEvents, depth: Int) throws(Fault) -> [YAMLEntry] {
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
          key.mark, expected: "each key once", found: "\(Fault.shown(name.text)) again",
          hint: "it was given in line \(line)")
      }
      entries.append(
        YAMLEntry(
          key: name.text, keyMark: key.mark, value: try node(try events.next(), &events, depth: depth + 1)))
    }
  }

  private func check(_ properties: YAMLProperties, depth: Int = 0) throws(Fault) {
    if let anchor = properties.anchor {
      throw Fault(
        properties.mark, expected: "a value", found: "the anchor &\(anchor)",
        hint: "anchors and aliases are not supported: \(insteadOfAlias)")
    }
    if let tag = properties.tag {
      throw Fault(
        properties.mark, expected: "a value without a tag", found: Fault.shown(tag),
        hint: "remove the tag: all values are text")
    }
    if depth >= Self.maximumDepth {
      throw Fault(properties.mark, expected: "at most \(Self.maximumDepth) levels", found: "another one")
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
