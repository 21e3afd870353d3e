internal import JSON
internal import Records

/// One element of a page that was refused.
struct ElementReject {
  var list: StaticString
  var index: Int
  var rejection: Rejection
}

/// What decoding keeps from value to value.
struct DecoderState: ~Copyable {
  private typealias Key = StatusV1.Key
  private var tweet = Tweet()
  private(set) var finisher: TweetFinisher
  private var table = TableDecoder()
  private let options: DecodingOptions
  private var tally = Tally()

  /// Counts that every record raises: here, because those of a class cost a check of exclusive access each.
  private struct Tally {
    var read = 0
    var shapes = DecodedChunk.Shapes()
  }
  private(set) var elementRejects: [ElementReject] = []

  init(_ options: DecodingOptions) {
    self.options = options
    finisher = TweetFinisher(options)
  }

  /// Hands over what was counted since the last time.
  mutating func flush(_ result: DecodedChunk) {
    result.ledger.read += tally.read
    result.shapes.add(tally.shapes)
    tally = Tally()
  }

  /// Reads one parsed value; `ledger.read` is counted here, once for each record in it.
  mutating func read(_ value: borrowing JSONValue, _ owner: ArchiveOwner?, _ result: DecodedChunk)
    throws(Rejection)
  {
    if !elementRejects.isEmpty { elementRejects.removeAll() }
    guard value.isObject else {
      tally.read += 1
      throw Rejection(.unknownShape, "expected an object, found another JSON value")
    }
    let fields = JSONFields(value, Key.table)
    let shape = DetectedShape.detect(fields)
    if shape == .pageV2 && accepts(.v2) { return readPage(value, fields, result) }
    if shape == .listV1 && accepts(.v1) { return readList(value, fields, result) }
    tally.read += 1
    guard accepts(shape.shape) else {
      throw Rejection(.unknownShape, "expected the shape that --as names, found \(shape)")
    }
    switch shape {
    case .status: try readStatus(value, fields, nil, result)
    case .wrapped:
      guard let inner = fields[Key.tweet] else { return }
      tally.shapes.archive += 1
      try readStatus(value, JSONFields(inner, Key.table), owner, result)
    case .tweetV2:
      tally.shapes.v2 += 1
      try readV2(value, Includes(), result)
    case .gnip:
      tally.shapes.gnip += 1
      try readGnip(value, result)
    case .canonical:
      switch try TweetReader.read(value, into: &tweet) {
      case .tweet: try finisher.emit(&tweet, to: result)
      case .event(let event): finisher.emit(event, to: result)
      case .other: throw Rejection(.unknownShape, "a record of a type that ingest does not take")
      }
      tally.shapes.canonical += 1
    case .delete:
      if let notice = fields[Key.delete] { finisher.emit(try StreamNotice.delete(notice), to: result) }
      tally.shapes.notices += 1
    case .scrubGeo:
      if let notice = fields[Key.scrubGeo] { finisher.emit(try StreamNotice.scrubGeo(notice), to: result) }
      tally.shapes.notices += 1
    case .notice:
      tally.shapes.notices += 1
      result.ledger.filtered += 1
    default: throw Rejection(.unknownShape, "no shape that ingest knows has these members")
    }
  }

  /// Reads one row of a table.
  mutating func readRow(_ row: Span<UInt8>, _ columns: TableColumns, _ result: DecodedChunk) throws(Rejection)
  {
    tweet.reset()
    try table.read(row, columns, allowsMissingID: options.assignsIDs, into: &tweet)
    tally.shapes.rows += 1
    try finisher.emit(&tweet, to: result)
  }

  private func accepts(_ shape: Shape?) -> Bool {
    guard let wanted = options.shape, let shape else { return true }
    // An archive's tweets are v1.1 statuses with an envelope.
    return wanted == shape || wanted == .archive && shape == .v1
  }

  private mutating func readStatus(
    _ value: borrowing JSONValue, _ fields: borrowing JSONFields, _ owner: ArchiveOwner?,
    _ result: DecodedChunk
  ) throws(Rejection) {
    tweet.reset()
    try StatusV1.read(fields, allowsMissingID: options.assignsIDs, into: &tweet)
    if let owner { Self.fill(owner, &tweet) }
    tally.shapes.v1 += 1
    try finisher.emit(&tweet, to: result)
    if options.expands {
      for place in StatusV1.embedded(fields) {
        expand(result) { (tweet) throws(Rejection) in
          try StatusV1.read(JSONFields(value.at(place), Key.table), allowsMissingID: false, into: &tweet)
        }
      }
    }
  }

  private mutating func readV2(
    _ value: borrowing JSONValue, _ includes: borrowing Includes, _ result: DecodedChunk
  ) throws(Rejection) {
    tweet.reset()
    try TweetV2.read(value, includes, allowsMissingID: options.assignsIDs, into: &tweet)
    try finisher.emit(&tweet, to: result)
    if options.expands {
      for place in TweetV2.embedded(value, includes) {
        expand(result) { (tweet) throws(Rejection) in
          try TweetV2.read(value.at(place), includes, allowsMissingID: false, into: &tweet)
        }
      }
    }
  }

  private mutating func readGnip(_ value: borrowing JSONValue, _ result: DecodedChunk) throws(Rejection) {
    tweet.reset()
    try GnipActivity.read(value, allowsMissingID: options.assignsIDs, into: &tweet)
    try finisher.emit(&tweet, to: result)
    if options.expands {
      for place in GnipActivity.embedded(value) {
        expand(result) { (tweet) throws(Rejection) in
          try GnipActivity.read(value.at(place), allowsMissingID: false, into: &tweet)
        }
      }
    }
  }

  // What an embedded tweet lacks is no fault of its record: it is then not taken out.
  private mutating func expand(_ result: DecodedChunk, _ read: (inout Tweet) throws(Rejection) -> Void) {
    tweet.reset()
    do throws(Rejection) {
      try read(&tweet)
      try finisher.emit(&tweet, expanded: true, to: result)
    } catch {}
  }

  // `{"data": …, "includes": …, "errors": …}`; a page of errors alone holds no record.
  private mutating func readPage(
    _ value: borrowing JSONValue, _ fields: borrowing JSONFields, _ result: DecodedChunk
  ) {
    guard let data = fields[Key.data] else { return }
    let includes: Includes = if let given = fields[Key.includes] { Includes(given) } else { Includes() }
    if data.isArray {
      var cursor = data.cursor
      var index = 0
      while let element = cursor.next() {
        readElement("data", index, element, includes, result)
        index += 1
      }
    } else {
      readElement("data", 0, data, includes, result)
    }
  }

  private mutating func readElement(
    _ list: StaticString, _ index: Int, _ element: borrowing JSONValue, _ includes: borrowing Includes,
    _ result: DecodedChunk
  ) {
    tally.read += 1
    do throws(Rejection) {
      guard element.isObject else { throw Rejection(.unknownShape, "expected an object in \"data\"") }
      tally.shapes.v2 += 1
      try readV2(element, includes, result)
    } catch {
      elementRejects.append(ElementReject(list: list, index: index, rejection: error))
    }
  }

  // Pages of v1.1's search: `{"statuses": […]}`, and `{"results": […]}` of the premium one.
  private mutating func readList(
    _ value: borrowing JSONValue, _ fields: borrowing JSONFields, _ result: DecodedChunk
  ) {
    let key: Int = fields.has(Key.statuses) ? Key.statuses : Key.results
    guard let list = fields[key] else { return }
    var cursor = list.cursor
    var index = 0
    while let element = cursor.next() {
      tally.read += 1
      do throws(Rejection) {
        guard element.isObject else { throw Rejection(.unknownShape, "expected an object in the list") }
        let inner = JSONFields(element, Key.table)
        if case .gnip = DetectedShape.detect(inner) {
          tally.shapes.gnip += 1
          try readGnip(element, result)
        } else {
          try readStatus(element, inner, nil, result)
        }
      } catch {
        let name: StaticString = key == Key.statuses ? "statuses" : "results"
        elementRejects.append(ElementReject(list: name, index: index, rejection: error))
      }
      index += 1
    }
  }

  private static func fill(_ owner: ArchiveOwner, _ tweet: inout Tweet) {
    if tweet.user != nil { return }
    var user = User()
    user.id = owner.id
    if !owner.username.isEmpty { user.username = tweet.add(owner.username.span) }
    if !owner.name.isEmpty { user.name = tweet.add(owner.name.span) }
    if !owner.bio.isEmpty { user.bio = tweet.add(owner.bio.span) }
    if !owner.location.isEmpty { user.location = tweet.add(owner.location.span) }
    user.createdAt = owner.createdAt
    tweet.user = user
  }
}
