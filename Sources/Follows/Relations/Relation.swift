public import Records

/// What one account may have to another, or of itself.
public enum Relation: UInt8, CaseIterable, Sendable {
  /// Sees the other's tweets.
  case follow
  /// Neither sees the other, while it lasts.
  case block
  /// Does not see the other.
  case mute
  /// Is seen by followers only; `target` is the account itself.
  case protected
}

/// A relation that begins or ends at a time.
public struct RelationChange: Equatable, Sendable {
  /// Of a change without a time: before all others.
  public static let oldest = Int64.min >> 1

  /// Which.
  public var relation: Relation
  /// Who has it.
  public var user: UInt64
  /// To whom.
  public var target: UInt64
  /// When, in ms since 1970, or `oldest`.
  public var at: Int64
  /// Whether it begins.
  public var isOn: Bool

  /// A change.
  public init(_ relation: Relation, _ user: UInt64, _ target: UInt64, at: Int64, isOn: Bool) {
    self.relation = relation
    self.user = user
    self.target = target
    self.at = at
    self.isOn = isOn
  }

  /// What an event changes; nil for events that are not of the graph.
  public init?(_ event: Event) {
    switch event.kind {
    case .follow: self.init(.follow, event.user, event.target, at: event.at ?? Self.oldest, isOn: true)
    case .unfollow: self.init(.follow, event.user, event.target, at: event.at ?? Self.oldest, isOn: false)
    case .block: self.init(.block, event.user, event.target, at: event.at ?? Self.oldest, isOn: true)
    case .unblock: self.init(.block, event.user, event.target, at: event.at ?? Self.oldest, isOn: false)
    case .mute: self.init(.mute, event.user, event.target, at: event.at ?? Self.oldest, isOn: true)
    case .unmute: self.init(.mute, event.user, event.target, at: event.at ?? Self.oldest, isOn: false)
    case .delete, .scrubGeo, .userDelete, .like, .unlike: return nil
    }
  }
}
