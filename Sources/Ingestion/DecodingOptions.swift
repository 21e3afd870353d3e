public import QueryGrammar
internal import Records

/// What decoding depends on.
public struct DecodingOptions: Sendable {
  /// The only shape to accept, or nil for all.
  public var shape: Shape?
  /// Columns for fields, by `--csv-map`.
  var csvMap: [(field: TableColumns.Field, column: String)] = []
  /// The longest value, in bytes.
  public var maximumRecordBytes = 16 << 20
  /// Only tweets from this time on, in ms since 1970.
  public var since: Int64?
  /// Only tweets before this time.
  public var until: Int64?
  /// Ids whose XXH64 lies below this are kept; nil keeps all.
  public var sampleBelow: UInt64?
  /// Only tweets that match this query, of which `within_time:` is measured from `now`.
  public var filter: QueryNode?
  /// Embedded tweets come out too.
  public var expands = false
  /// Texts get fingerprints, to be put into clusters.
  public var clusters = false
  /// Records with a time and no id are kept, to be given one.
  public var assignsIDs = false
  /// Findings are rejects.
  public var isStrict = false
  /// The time after which a time without a snowflake id is in the future.
  public var now: Int64?

  /// The defaults.
  public init() {}

  /// Whether account archives may come.
  var readsArchives: Bool { shape == nil || shape == .archive }
  /// Whether tables may come.
  var mayBeTable: Bool { shape == .csv || shape == nil }

  /// Takes a map such as `id=tweet_id,text=content`. - Returns: the part that is wrong, or nil.
  public mutating func setMap(_ text: String) -> String? {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, let field = TableColumns.Field(rawValue: String(pair[0])), !pair[1].isEmpty
      else {
        return String(part)
      }
      csvMap.append((field, String(pair[1])))
    }
    return nil
  }

  /// The names that `setMap` knows.
  public static var mapNames: [String] { TableColumns.Field.allCases.map(\.rawValue) }
}
