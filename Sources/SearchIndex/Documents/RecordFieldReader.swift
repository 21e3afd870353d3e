internal import Bytes
internal import Records

/// Reads the parts of a packed record, each checked against the bytes that are left.
struct RecordFieldReader: ~Escapable {
  private let bytes: Span<UInt8>
  private var offset = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// What was not read yet.
  var rest: Span<UInt8> {
    @_lifetime(copy self)
    get { bytes.extracting(offset..<bytes.count) }
  }

  @_lifetime(self: copy self)
  mutating func byte() throws(DecodeError) -> UInt8 {
    guard offset < bytes.count else { throw .truncated(offset: offset, needed: 1) }
    offset += 1
    return bytes[offset - 1]
  }

  @_lifetime(self: copy self)
  mutating func number() throws(DecodeError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      if shift == 63 && next > 1 { throw .invalid(offset: offset, reason: "a varint over 64 bits") }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
  }

  @_lifetime(self: copy self)
  mutating func signed() throws(DecodeError) -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A count of elements, each of at least one byte.
  @_lifetime(self: copy self)
  mutating func count() throws(DecodeError) -> Int {
    let value = try number()
    guard value <= UInt64(bytes.count - offset) else {
      throw .truncated(offset: offset, needed: Int(clamping: value))
    }
    return Int(value)
  }

  @_lifetime(self: copy self)
  mutating func string(_ tweet: inout Tweet) throws(DecodeError) -> TextRange {
    let length = try count()
    let range = tweet.add(bytes.extracting(offset..<offset + length))
    offset += length
    return range
  }

  @_lifetime(self: copy self)
  mutating func optional(_ tweet: inout Tweet) throws(DecodeError) -> TextRange {
    let length = try number()
    if length == 0 { return .absent }
    guard length - 1 <= UInt64(bytes.count - offset) else {
      throw .truncated(offset: offset, needed: Int(clamping: length))
    }
    let range = tweet.add(bytes.extracting(offset..<offset + Int(length - 1)))
    offset += Int(length - 1)
    return range
  }

  @_lifetime(self: copy self)
  mutating func optionalNumber() throws(DecodeError) -> Int64 {
    let value = try number()
    return value == 0 ? -1 : Int64(clamping: value - 1)
  }

  @_lifetime(self: copy self)
  mutating func double() throws(DecodeError) -> Double {
    guard bytes.count - offset >= 8 else { throw .truncated(offset: offset, needed: 8) }
    offset += 8
    return Double(bitPattern: bytes.word(at: offset - 8))
  }

  @_lifetime(self: copy self)
  mutating func user(_ tweet: inout Tweet) throws(DecodeError) -> User {
    var user = User()
    user.id = try number()
    let bits = try number()
    if bits & 1 != 0 { user.username = try string(&tweet) }
    if bits & 2 != 0 { user.name = try string(&tweet) }
    if bits & 4 != 0 { user.bio = try string(&tweet) }
    if bits & 8 != 0 { user.location = try string(&tweet) }
    if bits & 16 != 0 {
      user.followers = try optionalNumber()
      user.following = try optionalNumber()
      user.tweets = try optionalNumber()
    }
    if bits & 32 != 0 { user.verified = bits & 64 != 0 }
    if bits & 128 != 0 { user.protected = bits & 256 != 0 }
    if bits & 512 != 0 { user.createdAt = try signed() }
    return user
  }

  @_lifetime(self: copy self)
  mutating func reference(_ tweet: inout Tweet) throws(DecodeError) -> Reference {
    var reference = Reference(id: try number())
    reference.userID = try number()
    reference.username = try optional(&tweet)
    if try byte() != 0 { reference.createdAt = try signed() }
    reference.text = try optional(&tweet)
    return reference
  }

  @_lifetime(self: copy self)
  mutating func geo(_ tweet: inout Tweet) throws(DecodeError) -> Geo {
    var geo = Geo()
    if try byte() != 0 {
      geo.lon = try double()
      geo.lat = try double()
    }
    geo.place = try optional(&tweet)
    geo.placeID = try optional(&tweet)
    geo.country = try optional(&tweet)
    return geo
  }
}
