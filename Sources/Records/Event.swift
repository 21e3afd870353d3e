public import Bytes
internal import JSON

/// Something that happened to tweets or accounts: deletes and the events of the follow graph.
public struct Event: Equatable, Sendable {
  /// The record's `type`.
  public enum Kind: Int, CaseIterable, Sendable {
    case delete, scrubGeo, userDelete, follow, unfollow, block, unblock, mute, unmute, like, unlike

    /// As it stands in a record.
    public var name: StaticString {
      switch self {
      case .delete: "delete"
      case .scrubGeo: "scrub_geo"
      case .userDelete: "user_delete"
      case .follow: "follow"
      case .unfollow: "unfollow"
      case .block: "block"
      case .unblock: "unblock"
      case .mute: "mute"
      case .unmute: "unmute"
      case .like: "like"
      case .unlike: "unlike"
      }
    }
  }

  /// What happened.
  public var kind: Kind
  /// `delete`: the tweet; `like`, `unlike`: the tweet liked; `scrub_geo`: up to which tweet. 0 when absent.
  public var tweet: UInt64 = 0
  /// Who did it, or whose tweets. 0 when absent.
  public var user: UInt64 = 0
  /// Whom it is done to. 0 when absent.
  public var target: UInt64 = 0
  /// When, in ms since 1970.
  public var at: Int64?

  /// An event of which only the kind is known.
  public init(_ kind: Kind) { self.kind = kind }
}

extension Event {
  /// Appends the canonical record and a newline.
  public func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"")
    out.append(kind.name)
    switch kind {
    case .delete:
      writeID("\",\"id\":\"", tweet, &out)
      if user > 0 { writeID("\",\"user\":\"", user, &out) }
    case .scrubGeo:
      writeID("\",\"user\":\"", user, &out)
      if tweet > 0 { writeID("\",\"up_to\":\"", tweet, &out) }
    case .userDelete:
      writeID("\",\"user\":\"", user, &out)
    case .like, .unlike:
      writeID("\",\"user\":\"", user, &out)
      writeID("\",\"tweet\":\"", tweet, &out)
    default:
      writeID("\",\"user\":\"", user, &out)
      writeID("\",\"target\":\"", target, &out)
    }
    out.append(UInt8(ascii: "\""))
    if let at {
      out.append(",\"at\":\"")
      Timestamp.append(at, to: &out)
      out.append(UInt8(ascii: "\""))
    }
    out.append("}\n")
  }

  private func writeID(_ key: StaticString, _ id: UInt64, _ out: inout ByteBuffer) {
    out.append(key)
    out.append(decimal: id)
  }
}
