/// What is wrong with files of ours.
public enum SegmentError: Error, Equatable, Sendable {
  /// Damaged: where and how.
  case corrupt(file: String, member: String, offset: Int, reason: String)
  /// Written by a later version of these tools.
  case tooNew(file: String, found: UInt32, supported: UInt32)
  /// Written by a version that is no longer read.
  case tooOld(file: String, found: UInt32, supported: UInt32)

  /// In words, beginning as the contract says.
  public var message: String {
    switch self {
    case .corrupt(let file, let member, let offset, let reason):
      "corrupt: \(file)" + (member.isEmpty ? "" : ", member \(member)") + ", offset \(offset): \(reason)"
    case .tooNew(let file, let found, let supported):
      "too-new: \(file) has format \(found), this program reads up to \(supported); use a newer one"
    case .tooOld(let file, let found, let supported):
      "too-old: \(file) has format \(found), this program reads from \(supported); build it again"
    }
  }
}
