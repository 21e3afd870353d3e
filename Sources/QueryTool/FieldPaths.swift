internal import Bytes
internal import JSON
internal import ToolSupport

/// `--fields`: which fields of a hit are shown, in the order given.
struct FieldPaths {
  /// As written.
  let names: [String]
  /// From the hit down.
  let paths: [[String]]

  private static let ofHits = ["rank", "score", "highlights", "explain"]
  private static let user = [
    "id", "username", "name", "bio", "location", "followers", "following", "tweets", "verified", "protected",
    "created_at",
  ]
  private static let tweet =
    [
      "id", "created_at", "user", "text", "lang", "hashtags", "cashtags", "mentions", "mentions.id",
      "mentions.username", "urls", "urls.url", "urls.expanded", "media", "media.type", "media.url",
      "reply_to",
      "reply_to.tweet", "reply_to.user", "reply_to.username", "conversation_id", "geo", "geo.lon", "geo.lat",
      "geo.place", "geo.place_id", "geo.country", "counts", "counts.likes", "counts.retweets",
      "counts.replies",
      "counts.quotes", "source", "sensitive", "cluster", "spam", "spam.score", "quote_of.text",
    ] + user.map { "user." + $0 }
    + ["retweet_of", "quote_of"].flatMap { kind in
      [kind] + ["id", "user", "user.id", "user.username", "created_at"].map { kind + "." + $0 }
    }

  /// Reads the option; nil when it was not given. - Throws: status 2 for a field that no record has, and for a format that
  /// shows what it shows.
  static func read(_ arguments: Arguments, _ format: String) throws -> FieldPaths? {
    guard let text = arguments.value("fields") else { return nil }
    if format == "ids" || format == "html" {
      throw ToolError(
        .usage, "option --fields does not go with --format \(format)",
        hint: "--format table, ndjson, csv or tsv")
    }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let paths = try names.map { name in
      let bare = name.hasPrefix("tweet.") ? String(name.dropFirst(6)) : name
      if bare == name && ofHits.contains(name) { return [name] }
      guard tweet.contains(bare) else {
        let near = Nearest.match(bare, tweet + ofHits)
        throw ToolError(
          .usage, "option --fields: no record has a field \"\(TerminalText.safe(name))\"",
          hint: near.map { "did you mean \($0)?" }
            ?? "fields are those of the records: id, user.username, counts.likes")
      }
      return ["tweet"] + bare.split(separator: ".").map(String.init)
    }
    return FieldPaths(names: names, paths: paths)
  }
}

/// Cuts a record down to some of its fields. It keeps its parser, so that a page allocates little.
struct FieldProjection: ~Copyable {
  private var parser = JSONParser()
  private var cell = ByteBuffer()

  /// The record with nothing but its type and these fields, in the record's order.
  mutating func write(_ record: borrowing ByteBuffer, _ fields: FieldPaths, to line: inout ByteBuffer) throws
  {
    try parser.parse(record, 0..<record.count)
    _ = Self.write(parser.root, fields.paths + [["type"]], 0, to: &line)
    line.append("\n")
  }

  /// A row of CSV or TSV: absent fields are empty; of lists the elements with a blank between.
  mutating func writeRow(
    _ record: borrowing ByteBuffer, _ fields: FieldPaths, isCSV: Bool, to line: inout ByteBuffer
  ) throws {
    try parser.parse(record, 0..<record.count)
    for (place, path) in fields.paths.enumerated() {
      if place > 0 { line.append(isCSV ? UInt8(ascii: ",") : 9) }
      cell.removeAll()
      Self.plain(parser.root, path, to: &cell)
      line.append(cell: cell.span, isCSV: isCSV)
    }
    line.append(isCSV ? "\r\n" : "\n")
  }

  /// The same for a terminal.
  mutating func writeCells(_ record: borrowing ByteBuffer, _ fields: FieldPaths, to line: inout ByteBuffer)
    throws
  {
    try parser.parse(record, 0..<record.count)
    for (place, path) in fields.paths.enumerated() {
      if place > 0 { line.append("  ") }
      cell.removeAll()
      Self.plain(parser.root, path, to: &cell)
      line.append(string: cell.isEmpty ? "-" : TerminalText.safe(cell.span.text))
    }
    line.append("\n")
  }

  /// One member of a record, whole; an empty object where it has none.
  mutating func writeMember(_ key: String, of record: borrowing ByteBuffer, to line: inout ByteBuffer) throws
  {
    try parser.parse(record, 0..<record.count)
    var cursor = parser.root.cursor
    while let member = cursor.nextMember() {
      if member.key.text == key { return JSONText.write(member.value, to: &line) }
    }
    line.append("{}")
  }

  // Whether anything was written.
  private static func write(
    _ value: JSONValue, _ paths: [[String]], _ depth: Int, to line: inout ByteBuffer
  ) -> Bool {
    if paths.contains(where: { $0.count == depth }) {
      JSONText.write(value, to: &line)
      return true
    }
    let start = line.count
    line.append(value.isArray ? "[" : "{")
    var isEmpty = true
    var cursor = value.cursor
    if value.isArray {
      while let element = cursor.next() {
        let mark = line.count
        if !isEmpty { line.append(",") }
        if write(element, paths, depth, to: &line) { isEmpty = false } else { line.truncate(to: mark) }
      }
    } else {
      while let member = cursor.nextMember() {
        let key = member.key.text
        let below = paths.filter { $0[depth] == key }
        if below.isEmpty { continue }
        let mark = line.count
        if !isEmpty { line.append(",") }
        line.append(jsonString: member.key)
        line.append(":")
        if write(member.value, below, depth + 1, to: &line) {
          isEmpty = false
        } else {
          line.truncate(to: mark)
        }
      }
    }
    if isEmpty {
      line.truncate(to: start)
      return false
    }
    line.append(value.isArray ? "]" : "}")
    return true
  }

  private static func plain(_ value: JSONValue, _ path: [String], to cell: inout ByteBuffer) {
    if value.isArray {
      var cursor = value.cursor
      while let element = cursor.next() {
        let mark = cell.count
        if mark > 0 { cell.append(" ") }
        let before = cell.count
        plain(element, path, to: &cell)
        if cell.count == before { cell.truncate(to: mark) }
      }
    } else if let key = path.first {
      var cursor = value.cursor
      while let member = cursor.nextMember() {
        if member.key.text == key { plain(member.value, Array(path.dropFirst()), to: &cell) }
      }
    } else if value.isString {
      cell.append(value.string)
    } else {
      JSONText.write(value, to: &cell)
    }
  }
}

/// Values as JSON again.
enum JSONText {
  static func write(_ value: JSONValue, to line: inout ByteBuffer) {
    var cursor = value.cursor
    switch value.kind {
    case .object:
      line.append("{")
      var isFirst = true
      while let member = cursor.nextMember() {
        if !isFirst { line.append(",") }
        isFirst = false
        line.append(jsonString: member.key)
        line.append(":")
        write(member.value, to: &line)
      }
      line.append("}")
    case .array:
      line.append("[")
      var isFirst = true
      while let element = cursor.next() {
        if !isFirst { line.append(",") }
        isFirst = false
        write(element, to: &line)
      }
      line.append("]")
    case .string: line.append(jsonString: value.string)
    case .signed: line.append(decimal: value.signed ?? 0)
    case .unsigned: line.append(decimal: value.unsigned ?? 0)
    case .double: line.append(number: value.number ?? 0)
    case .bool: line.append(value.bool == true ? "true" : "false")
    case .null: line.append("null")
    }
  }
}
