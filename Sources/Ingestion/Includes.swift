internal import Bytes
internal import JSON
internal import Records

/// The `includes` of an API v2 page: where each user, tweet, medium and place stands on the parser's tape.
struct Includes {
  private enum Key {
    static let table = KeyTable(["users", "tweets", "media", "places", "id", "media_key"])
    static let users = 0, tweets = 1, media = 2, places = 3, id = 4, mediaKey = 5
  }

  private var users: [UInt64: Int] = [:]
  private var tweets: [UInt64: Int] = [:]
  private var media: [UInt64: Int] = [:]
  private var places: [UInt64: Int] = [:]

  init() {}

  /// Reads an `includes` object. Of two with one id the first counts.
  init(_ value: borrowing JSONValue) {
    let fields = JSONFields(value, Key.table)
    if let list = fields[Key.users] { Self.index(list, Key.id, &users) }
    if let list = fields[Key.tweets] { Self.index(list, Key.id, &tweets) }
    if let list = fields[Key.media] { Self.index(list, Key.mediaKey, &media) }
    if let list = fields[Key.places] { Self.index(list, Key.id, &places) }
  }

  private static func index(_ list: borrowing JSONValue, _ key: Int, _ map: inout [UInt64: Int]) {
    var cursor = list.cursor
    while let element = cursor.next() {
      guard element.isObject, let id = JSONFields(element, Key.table)[key] else { continue }
      let hash = hash(id)
      if map[hash] == nil { map[hash] = element.index }
    }
  }

  // Ids of users and tweets are numbers; keys of media and places are short texts, told apart by XXH64.
  private static func hash(_ value: borrowing JSONValue) -> UInt64 {
    RecordID.parse(value) ?? Checksum.xxh64(value.string)
  }

  func user(_ id: UInt64) -> Int? { users[id] }
  func tweet(_ id: UInt64) -> Int? { tweets[id] }
  func medium(_ key: borrowing JSONValue) -> Int? { media[Self.hash(key)] }
  func place(_ id: borrowing JSONValue) -> Int? { places[Self.hash(id)] }
}
