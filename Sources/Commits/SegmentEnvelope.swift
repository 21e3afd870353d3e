package import Bytes

/// What the member `header` of every kind of segment has around its fields:
///
///     8 bytes magic, u32 format version, u32 bytes of the member; the fields; u64 XXH3 of all before it
package enum SegmentEnvelope {
  /// Bytes before the fields.
  package static let head = 16

  /// The bytes up to the checksum, of a header that is one of ours and whole, and of a version that is read.
  ///
  /// - Parameters versions: those that are read. name: what a message calls such a file. - Throws: `SegmentError`; what is
  ///   whole and of another version is told apart from what is damaged.
  package static func body(
    _ bytes: MappedBytes, magic: [UInt8], versions: ClosedRange<UInt32>, name: String, file: String
  ) throws(SegmentError) -> Int {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: "header", offset: offset, reason: reason)
    }
    guard bytes.count >= head + 8, bytes.span(0..<8).equals(magic.span) else {
      throw corrupt(0, "not a \(name) of Tweetmill")
    }
    guard bytes.load(12, as: UInt32.self) == bytes.count else { throw corrupt(12, "the header is cut") }
    let body = bytes.count - 8
    guard Checksum.xxh3(bytes.span(0..<body)) == bytes.load(body, as: UInt64.self) else {
      throw corrupt(body, "the header's checksum does not match")
    }
    let version = bytes.load(8, as: UInt32.self)
    try check(version, versions, file: file)
    return body
  }
  /// - Throws: `.tooNew`, `.tooOld` for a version that is not read.
  package static func check(_ version: UInt32, _ versions: ClosedRange<UInt32>, file: String)
    throws(SegmentError)
  {
    if version > versions.upperBound {
      throw .tooNew(file: file, found: version, supported: versions.upperBound)
    }
    if version < versions.lowerBound {
      throw .tooOld(file: file, found: version, supported: versions.lowerBound)
    }
  }
}
