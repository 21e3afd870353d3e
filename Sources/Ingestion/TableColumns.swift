internal import Bytes

/// What the columns of a CSV or TSV file mean, told by its header and `--csv-map`.
final class TableColumns: Sendable {
  /// A field that a column can fill; raw values are the names of `--csv-map`.
  enum Field: String, CaseIterable, Sendable {
    case id, text, createdAt = "created_at", username, userID = "user_id", name, bio, location, followers
    case following, tweets, verified, lang, likes, retweets, replies, quotes, source, replyTo = "reply_to"
    case replyUser = "reply_user", replyUsername = "reply_username", retweetOf = "retweet_of"
    case quoteOf = "quote_of", conversation = "conversation_id", lon, lat, place, placeID = "place_id",
      country
    case sensitive

    /// Names that common exports use, small letters and digits only.
    fileprivate var automatic: [String] {
      switch self {
      case .id: ["id", "tweetid", "idstr", "statusid", "tweetidstr"]
      case .text: ["text", "fulltext", "content", "tweet", "tweettext", "rawcontent", "body", "message"]
      case .createdAt:
        ["createdat", "date", "timestamp", "datetime", "time", "created", "tweetcreatedat", "postedtime"]
      case .username:
        [
          "username", "screenname", "userscreenname", "userusername", "authorusername", "handle", "user",
          "author",
        ]
      case .userID: ["userid", "authorid", "useridstr", "useridnumber"]
      case .name: ["name", "displayname", "authorname"]
      case .bio: ["bio", "userdescription", "authordescription"]
      case .location: ["location", "userlocation", "authorlocation"]
      case .followers: ["followers", "followerscount", "userfollowers", "userfollowerscount"]
      case .following: ["following", "followingcount", "friendscount", "userfriends", "userfriendscount"]
      case .tweets: ["statusescount", "userstatusescount"]
      case .verified: ["verified", "userverified"]
      case .lang: ["lang", "language", "tweetlang"]
      case .likes: ["likes", "favoritecount", "likecount", "likescount", "favorites", "favorite", "nlikes"]
      case .retweets: ["retweets", "retweetcount", "retweetscount", "nretweets"]
      case .replies: ["replies", "replycount", "repliescount", "nreplies"]
      case .quotes: ["quotes", "quotecount", "quotescount"]
      case .source: ["source", "sourcelabel", "client"]
      case .replyTo: ["inreplytostatusid", "inreplytotweetid", "inreplytostatusidstr"]
      case .replyUser: ["inreplytouserid", "inreplytouseridstr"]
      case .replyUsername: ["inreplytoscreenname", "inreplytousername"]
      case .retweetOf: ["retweetedstatusid", "retweetid"]
      case .quoteOf: ["quotedstatusid"]
      case .conversation: ["conversationid"]
      case .lon: ["longitude", "lon", "lng"]
      case .lat: ["latitude", "lat"]
      case .place: ["place", "placename", "placefullname"]
      case .placeID: ["placeid"]
      case .country: ["countrycode", "placecountrycode"]
      case .sensitive: ["possiblysensitive", "sensitive"]
      }
    }
  }

  /// What parts the fields.
  let delimiter: UInt8
  /// The field of each column, nil for columns of no use.
  let fields: [Field?]

  /// Reads a header; nil when it names no text, or neither an id nor a time. `map` takes a column for a field by name.
  init?(header: Span<UInt8>, map: [(field: Field, column: String)]) {
    let delimiters: [UInt8] = [0x09, 0x2C, 0x3B]
    let counts = delimiters.map { sign in header.indices.reduce(0) { $0 + (header[$1] == sign ? 1 : 0) } }
    guard let most = counts.max() else { return nil }
    delimiter = most == 0 ? 0x2C : delimiters[counts.firstIndex(of: most) ?? 0]
    var row = TableRow()
    guard row.read(header, delimiter: delimiter) else { return nil }
    let names = (0..<row.count).map { row.field($0).text }
    var fields = [Field?](repeating: nil, count: names.count)
    for (field, column) in map {
      guard let place = names.firstIndex(of: column) else { continue }
      fields[place] = field
    }
    for field in Field.allCases where !map.contains(where: { $0.field == field }) {
      let known = field.automatic
      let plain = names.map { Self.plain($0) }
      for name in known {
        if let place = plain.firstIndex(of: name), fields[place] == nil {
          fields[place] = field
          break
        }
      }
    }
    guard fields.contains(.text), fields.contains(.id) || fields.contains(.createdAt) else { return nil }
    self.fields = fields
  }

  private static func plain(_ name: String) -> String {
    let kept = name.utf8.compactMap { byte -> UInt8? in
      if byte >= 65 && byte <= 90 { return byte + 32 }
      return byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 ? byte : nil
    }
    return String(decoding: kept, as: UTF8.self)
  }
}

/// One row of a table by RFC 4180: fields between delimiters, in quotes where they hold delimiters or newlines.
struct TableRow: ~Copyable {
  private var bytes = ByteBuffer(capacity: 1024)
  private var ends: [Int] = []

  init() {}

  /// Fields.
  var count: Int { ends.count }

  /// The field at `index`, quotes undone.
  @_lifetime(borrow self)
  borrowing func field(_ index: Int) -> Span<UInt8> {
    bytes.span.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index])
  }

  /// Reads a row without its line end. - Returns: false when a quoted field goes on behind its closing quote.
  mutating func read(_ row: Span<UInt8>, delimiter: UInt8) -> Bool {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
    var index = 0
    while true {
      if index < row.count, row[index] == 0x22 {
        index += 1
        while true {
          guard let quote = row.firstIndex(of: 0x22, from: index) else { return false }
          bytes.append(row.extracting(index..<quote))
          index = quote + 1
          guard index < row.count, row[index] == 0x22 else { break }
          bytes.append(0x22)
          index += 1
        }
        if index < row.count, row[index] != delimiter { return false }
      } else {
        let end = row.firstIndex(of: delimiter, from: index) ?? row.count
        bytes.append(row.extracting(index..<end))
        index = end
      }
      ends.append(bytes.count)
      if index >= row.count { return true }
      index += 1
    }
  }
}
