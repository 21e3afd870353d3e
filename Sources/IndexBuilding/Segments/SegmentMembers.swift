internal import Bytes
internal import CommitWriting
internal import SearchIndex

extension SegmentArchiveWriter {
  /// Adds a member of a segment of the index.
  mutating func add(_ member: SegmentFormat.Member, _ bytes: Span<UInt8>) throws(SystemError) {
    try add(member.rawValue, bytes)
  }
}
