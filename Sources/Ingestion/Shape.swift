internal import JSON

/// The shapes that a record can come in.
public enum Shape: String, CaseIterable, Sendable {
  /// Twitter's v1.1 status and its stream notices.
  case v1
  /// A page of API v2, or one flattened tweet of it.
  case v2
  /// A tweet of an account archive.
  case archive
  /// A GNIP activity.
  case gnip
  /// A row of CSV or TSV.
  case csv
  /// Our own records.
  case canonical
  /// Follow edges.
  case edges
}

/// What one JSON value holds.
enum DetectedShape {
  case canonical, status, pageV2, listV1, tweetV2, wrapped, gnip, notice, delete, scrubGeo, unknown

  /// The shape of `--as` that it belongs to, nil for what fits any.
  var shape: Shape? {
    switch self {
    case .canonical: .canonical
    case .status, .listV1, .notice, .delete, .scrubGeo: .v1
    case .pageV2, .tweetV2: .v2
    case .wrapped: .archive
    case .gnip: .gnip
    case .unknown: nil
    }
  }

  /// Tells the shape from the members that are there. Order matters: `delete` notices and pages hold nothing else.
  static func detect(_ fields: borrowing JSONFields) -> DetectedShape {
    typealias Key = StatusV1.Key
    if fields.has(Key.fullText) || fields.has(Key.idStr) { return .status }
    if let data = fields[Key.data], data.isArray || data.isObject { return .pageV2 }
    if fields.has(Key.objectType) || fields.has(Key.verb) || fields.has(Key.postedTime) { return .gnip }
    if fields.has(Key.authorID) || fields.has(Key.publicMetrics) || fields.has(Key.editHistory)
      || fields.has(Key.referenced)
    {
      return .tweetV2
    }
    if let type = fields[Key.type], type.isString { return .canonical }
    if fields.has(Key.delete) { return .delete }
    if fields.has(Key.scrubGeo) { return .scrubGeo }
    if fields.has(Key.limit) { return .notice }
    if fields.has(Key.warning) { return .notice }
    if fields.has(Key.disconnect) { return .notice }
    if fields.has(Key.statusWithheld) { return .notice }
    if fields.has(Key.userWithheld) { return .notice }
    if fields.has(Key.friends) { return .notice }
    if let tweet = fields[Key.tweet], tweet.isObject { return .wrapped }
    if fields[Key.statuses]?.isArray == true || fields[Key.results]?.isArray == true { return .listV1 }
    if let created = fields[Key.createdAt], created.isString, fields.has(Key.text) {
      // `2021-…` is v2's way of writing a time, `Wed Aug …` v1.1's.
      let text = created.string
      let isISO = text.count > 10 && text[4] == UInt8(ascii: "-") && text[10] == UInt8(ascii: "T")
      return isISO && !fields.has(Key.user) ? .tweetV2 : .status
    }
    if fields.has(Key.id) || fields.has(Key.text) {
      return fields[Key.id]?.isString == true ? .tweetV2 : .status
    }
    if fields.has(Key.errors) || fields.has(Key.meta) { return .notice }
    return .unknown
  }
}
