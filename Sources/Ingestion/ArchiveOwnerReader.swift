internal import Bytes
internal import JSON
internal import Records

/// Reads `account.js` (`window.YTD.account.part0 = [{"account":{…}}]`) and `user_details.js`
/// (`var user_details = {…}`).
enum ArchiveOwnerReader {
  private enum Key {
    static let table = KeyTable([
      "account", "accountId", "username", "accountDisplayName", "createdAt", "id", "screen_name", "full_name",
      "bio", "location", "created_at",
    ])
    static let account = 0, accountID = 1, username = 2, displayName = 3, createdAt = 4, id = 5
    static let screenName = 6, fullName = 7, bio = 8, location = 9, created = 10
  }

  /// Larger files hold something else.
  static let longest = 1 << 20

  /// Whether a file or member of this path tells an archive's owner.
  static func isOwnerFile(_ path: String) -> Bool {
    let name = Paths.name(path)
    return name == "account.js" || name == "user_details.js"
  }

  /// Whether a variable of this name tells an archive's owner.
  static func isOwnerVariable(_ name: String) -> Bool {
    name.hasPrefix("YTD.account.") || name == "user_details"
  }

  /// The owner that `content` tells, or nil.
  static func read(_ content: borrowing ByteBuffer) -> ArchiveOwner? {
    guard let start = Assignment.end(content.span, 0) else { return nil }
    var end = content.count
    while end > start, content.span[end - 1] <= 0x20 || content.span[end - 1] == UInt8(ascii: ";") {
      end -= 1
    }
    var parser = JSONParser()
    do throws(JSONError) { try parser.parse(content, start..<end) } catch { return nil }
    return read(parser.root)
  }

  private static func read(_ root: borrowing JSONValue) -> ArchiveOwner? {
    var cursor = root.cursor
    if root.isArray {
      guard let first = cursor.next() else { return nil }
      let fields = JSONFields(first, Key.table)
      guard let account = fields[Key.account] else { return nil }
      return owner(JSONFields(account, Key.table))
    }
    return owner(JSONFields(root, Key.table))
  }

  private static func owner(_ fields: borrowing JSONFields) -> ArchiveOwner? {
    var owner = ArchiveOwner()
    owner.id = fields.has(Key.accountID) ? fields.id(Key.accountID) : fields.id(Key.id)
    owner.username = text(fields, Key.username) ?? text(fields, Key.screenName) ?? []
    owner.name = text(fields, Key.displayName) ?? text(fields, Key.fullName) ?? []
    owner.bio = text(fields, Key.bio) ?? []
    owner.location = text(fields, Key.location) ?? []
    owner.createdAt = fields.time(Key.createdAt) ?? fields.time(Key.created)
    return owner.id == 0 && owner.username.isEmpty ? nil : owner
  }

  private static func text(_ fields: borrowing JSONFields, _ key: Int) -> [UInt8]? {
    guard let value = fields[key], value.isString, value.string.count > 0 else { return nil }
    return value.string.array
  }
}
