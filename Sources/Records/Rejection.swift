/// Why a record was refused: a reason of the contract, and words for people.
public struct Rejection: Error, Equatable, Sendable {
  /// The contract's reasons (§2).
  public enum Reason: String, CaseIterable, Sendable {
    case badJSON = "bad-json"
    case badUTF8 = "bad-utf8"
    case truncated
    case tooLong = "too-long"
    case tooDeep = "too-deep"
    case unknownShape = "unknown-shape"
    case missingID = "missing-id"
    case badID = "bad-id"
    case missingText = "missing-text"
    case missingTime = "missing-time"
    case badTime = "bad-time"
    case futureTime = "future-time"
    case timeMismatch = "time-mismatch"
    case overLength = "over-length"
  }

  /// The reason.
  public var reason: Reason
  /// What was expected and found.
  public var detail: String

  /// A refusal.
  public init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}
