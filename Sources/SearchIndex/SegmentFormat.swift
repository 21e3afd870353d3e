/// Every constant of the on-disk format, and nothing else. The page SegmentFormat.md explains them; a change here is a
/// new format version.
public enum SegmentFormat {
  /// The first bytes of the member `header`.
  public static let magic: [UInt8] = Array("TMSEGMNT".utf8)
  /// The version that is written.
  public static let version: UInt32 = 3
  /// The oldest version that is read.
  public static let oldestVersion: UInt32 = 1

  /// Values in a bit-packed block.
  public static let packedBlock = 128
  /// Terms in a block of the dictionary.
  public static let termsPerBlock = 32
  /// Bytes of a term, field byte included: longer ones were cut by the analyzer.
  public static let longestTerm = 1024
  /// Records in a block of stored records: a block is the unit of decompression.
  public static let recordsPerBlock = 128
  /// The same in formats before `leanVersion`.
  public static let oldRecordsPerBlock = 64
  /// zstd's level for stored records: level 1 packs 400 MB/s; level 3 takes twice the time for 4 % fewer bytes.
  public static let compressionLevel: Int32 = 1
  /// Bytes of one entry of a posting list's skip table.
  public static let skipEntry = 16
  /// Documents of a text term's list that has tiers.
  public static let tieredList = 256
  /// Bytes of what stands before a tier's list.
  public static let tierHead = 8
  /// Positions of a short text: the best ten of two common words lie in texts of four to nine.
  public static let shortText = 9
  /// The first version whose lists have tiers.
  public static let tieredVersion: UInt32 = 2
  /// The first version whose records leave id and time to the columns, whose lengths are a byte each, and whose columns of one
  /// value are that value.
  public static let leanVersion: UInt32 = 3
  /// A segment is cut behind so many bytes of input: 1 GB of memory holds what they become. Cuts depend on the input alone.
  public static let inputBytesPerSegment = 560 << 20

  /// Members in the order in which they stand.
  public enum Member: String, CaseIterable, Sendable {
    case header
    case termPrefixes = "terms.prefixes"
    case termOffsets = "terms.offsets"
    case terms
    case postings
    case positions
    case lengths
    case ids = "columns/ids"
    case times = "columns/times"
    case users = "columns/users"
    case languages = "columns/languages"
    case places = "columns/places"
    case likes = "columns/likes"
    case retweets = "columns/retweets"
    case replies = "columns/replies"
    case quotes = "columns/quotes"
    case longitudes = "columns/longitudes"
    case latitudes = "columns/latitudes"
    case flags = "columns/flags"
    case userTable = "tables/users"
    case languageTable = "tables/languages"
    case placeTable = "tables/places"
    case recordOffsets = "records.offsets"
    case records
    case tombstones
    case checksums
  }
}
