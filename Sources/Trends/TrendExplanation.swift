public import Bytes
internal import JSON
internal import Records

/// Why a term is a trend in a window, or why not: all that the decision was made of.
public struct TrendExplanation: Sendable {
  let windowEnd: Int64
  let place: [UInt8]
  let kind: TrendKind
  let term: [UInt8]
  let count: Int
  let users: Int
  let evidence: Evidence
  /// How many accounts one of the sample stands for.
  let scale: Int
  let expected: ExpectedUsers?
  let wavering: Double
  let tests: Int
  let threshold: Double?
  let settings: TrendSettings
  let ruling: TrendRuling?

  /// The decision, in words.
  var verdict: String {
    guard let expected else { return "not tested: nothing earlier is known" }
    if users < settings.minimumUsers { return "no trend: fewer than \(settings.minimumUsers) accounts" }
    if count < settings.minimumCount { return "no trend: fewer than \(settings.minimumCount) uses" }
    if Double(users / scale) <= expected.mean { return "no trend: no more than expected" }
    guard let threshold, pow10(expected.logP(users / scale)) <= threshold else {
      return "no trend: so much comes about by chance among so many terms"
    }
    if evidence.users * scale < settings.minimumUsers || pow10(expected.logP(evidence.users)) > threshold {
      return "no trend: loud accounts or copied texts make most of it"
    }
    if evidence.isRepeated { return "no trend: few accounts repeat it" }
    switch ruling {
    case .denied(let reason): return "denied: \(Self.safe(reason))"
    case .allowed(let reason): return "trend, allowed: \(Self.safe(reason))"
    case nil: return "trend"
    }
  }

  // A control character of somebody's tag or list is no command for a terminal.
  private static func safe(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }

  /// Appends a line for people: what was counted, what was expected and why, the test, the decision.
  public func write(to out: inout ByteBuffer) {
    Timestamp.append(windowEnd - settings.window, to: &out)
    out.append(" ")
    out.append(string: Self.safe(place + [0x20] + term))
    out.append(": ")
    out.append(decimal: UInt64(count))
    out.append(" uses by ")
    out.append(decimal: UInt64(users))
    out.append(" accounts, ")
    out.append(decimal: UInt64(evidence.users * scale))
    out.append(" votes, the three loudest with ")
    out.append(number: Significant.round(evidence.concentration))
    out.append(" of the uses")
    if let expected {
      out.append("; expected ")
      out.append(number: Significant.round(expected.mean * Double(scale)))
      out.append(string: " \(expected.source.words)")
      out.append(", known as from ")
      out.append(number: Significant.round(1 / max(1 / expected.shape - wavering, 1e-9)))
      out.append(" accounts, wavering by ")
      out.append(number: Significant.round(wavering))
      out.append("; p ")
      out.append(number: Significant.probability(expected.logP(min(evidence.users, users / scale))))
      out.append(" of ")
      out.append(decimal: UInt64(tests))
      out.append(" tests, believed up to ")
      if let threshold { out.append(number: Significant.round(threshold)) } else { out.append("none") }
    }
    out.append(string: ": \(verdict)\n")
  }
}

extension ExpectedUsers.Source {
  /// Where the expectation comes from.
  var words: String {
    switch self {
    case .daily: "from the same hours of the days before"
    case .weekly: "from the same hour of the same weekday"
    case .elsewhere: "from its share in the rest of the world"
    case .earlier: "from all earlier hours"
    }
  }
}
