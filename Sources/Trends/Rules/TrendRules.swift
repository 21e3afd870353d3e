/// What rules say of a trend, with the reason that stands in them.
public enum TrendRuling: Equatable, Sendable {
  /// It is no trend that is shown.
  case denied([UInt8])
  /// It would be denied if no rule allowed it.
  case allowed([UInt8])
}

/// Which trends are shown as such: those that no rule denies, or that a rule allows. Rules change what is shown, never
/// what is counted or tested: they are no part of a state.
public struct TrendRules: Sendable {
  private let rules: [TrendRule]
  /// Rules that name whole terms alone, by each of these; the others are tried one by one.
  private let byTerm: [[UInt8]: [Int]]
  private let others: [Int]
  private var met: [Bool]

  /// No rules.
  public init() { self.init([]) }

  init(_ rules: [TrendRule]) {
    var byTerm: [[UInt8]: [Int]] = [:]
    var others: [Int] = []
    for (number, rule) in rules.enumerated() {
      let wholes = Set(rule.terms.compactMap(\.whole))
      if rule.terms.isEmpty || rule.terms.contains(where: { $0.whole == nil }) {
        others.append(number)
      } else {
        for term in wholes { byTerm[term, default: []].append(number) }
      }
    }
    self.rules = rules
    self.byTerm = byTerm
    self.others = others
    met = rules.map { _ in false }
  }

  /// How many there are.
  public var count: Int { rules.count }

  /// The lines of rules that have met no trend so far.
  public var unmet: [Int] { rules.indices.filter { !met[$0] }.map { rules[$0].line } }

  /// What is said of a trend: one that any rule allows is not denied. Of several rules the first in the file gives the
  /// reason. - Complexity: O(rules without a whole term), O(1) in the others.
  func ruling(_ subject: TrendRule.Subject) -> TrendRuling? { Self.ruling(matching(subject), rules) }

  /// The same, and remembers which rules have met a trend.
  mutating func decide(_ subject: TrendRule.Subject) -> TrendRuling? {
    if rules.isEmpty { return nil }
    let matching = matching(subject)
    for number in matching { met[number] = true }
    return Self.ruling(matching, rules)
  }

  private static func ruling(_ matching: [Int], _ rules: [TrendRule]) -> TrendRuling? {
    guard let denying = matching.filter({ !rules[$0].isAllowed }).min() else { return nil }
    let allowing = matching.filter { rules[$0].isAllowed }.min()
    return allowing.map { .allowed(rules[$0].reason) } ?? .denied(rules[denying].reason)
  }

  private func matching(_ subject: TrendRule.Subject) -> [Int] {
    var matching = others.filter { rules[$0].matches(subject) }
    for number in byTerm[subject.term] ?? [] where rules[number].matches(subject) { matching.append(number) }
    return matching
  }
}
