public import Bytes
internal import JSON
internal import Records

/// A term that trends at a place in a window, with the evidence. `Trends.docc/Definitions.md` defines every number.
public struct Trend: Equatable, Sendable {
  /// Its first moment, in ms since 1970.
  public var windowStart: Int64
  /// The first moment behind it.
  public var windowEnd: Int64
  /// `world`, `country:XX`, `place:ID`, `lang:xx`.
  public var place: [UInt8]
  /// What the term is.
  public var kind: TrendKind
  /// As one would search for it.
  public var term: [UInt8]
  /// From 1, by score within window and place; 0 where a rule denies it.
  public var rank: Int
  /// Uses in the window.
  public var count: Int
  /// Accounts with a vote.
  public var users: Int
  /// Accounts that one would expect.
  public var expected: Double
  /// log₁₀ of the probability of so many accounts or more if nothing were going on.
  public var logP: Double
  /// Half the deviance of the accounts from what was expected, in nats.
  public var score: Double
  /// Accounts an hour by which the window's second half exceeds its first.
  public var velocity: Double
  /// The share of the uses that the three loudest accounts have.
  public var concentration: Double
  /// How far it is.
  public var stage: Stage
  /// When it began, in ms since 1970.
  public var onset: Int64
  /// How far `count`, `users` and `expected` may be off; nil where everything was counted exactly.
  public var error: Double?
  /// The forms it is written in, the most frequent first.
  public var variants: [[UInt8]]
  /// Ids of tweets, the earliest of up to three accounts.
  public var examples: [UInt64]
  /// What rules say of it.
  public var ruling: TrendRuling?

  /// Why it is not to be shown as a trend; nil where it is.
  public var denial: [UInt8]? {
    if case .denied(let reason) = ruling { return reason }
    return nil
  }

  /// The stages of an episode.
  public enum Stage: String, Sendable {
    case new, rising, peak, fading, returning
  }

  /// Appends the record with its newline.
  public func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"trend\",\"window_start\":\"")
    Timestamp.append(windowStart, to: &out)
    out.append("\",\"window_end\":\"")
    Timestamp.append(windowEnd, to: &out)
    out.append("\",\"place\":")
    out.append(jsonString: place.span)
    out.append(",\"kind\":\"")
    out.append(string: kind.name)
    out.append("\",\"term\":")
    out.append(jsonString: term.span)
    out.append(",\"rank\":")
    out.append(decimal: UInt64(rank))
    out.append(",\"count\":")
    out.append(decimal: UInt64(count))
    out.append(",\"users\":")
    out.append(decimal: UInt64(users))
    out.append(",\"expected\":")
    out.append(number: Significant.round(expected))
    out.append(",\"p\":")
    out.append(number: Significant.probability(logP))
    out.append(",\"score\":")
    out.append(number: Significant.round(score))
    out.append(",\"velocity\":")
    out.append(number: Significant.round(velocity))
    out.append(",\"concentration\":")
    out.append(number: Significant.round(concentration))
    out.append(",\"stage\":\"")
    out.append(string: stage.rawValue)
    out.append("\",\"onset\":\"")
    Timestamp.append(onset, to: &out)
    out.append("\"")
    if let error {
      out.append(",\"error\":")
      out.append(number: Significant.round(error))
    }
    if !variants.isEmpty {
      out.append(",\"variants\":[")
      for (index, form) in variants.enumerated() {
        if index > 0 { out.append(",") }
        out.append(jsonString: form.span)
      }
      out.append("]")
    }
    if !examples.isEmpty {
      out.append(",\"examples\":[")
      for (index, id) in examples.enumerated() {
        out.append(index == 0 ? "\"" : ",\"")
        out.append(decimal: id)
        out.append("\"")
      }
      out.append("]")
    }
    switch ruling {
    case .denied(let reason):
      out.append(",\"denied\":")
      out.append(jsonString: reason.span)
    case .allowed(let reason):
      out.append(",\"allowed\":")
      out.append(jsonString: reason.span)
    case nil: break
    }
    out.append("}\n")
  }
}
