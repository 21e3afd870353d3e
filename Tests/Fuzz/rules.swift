import Records
import YAML

@testable import Trends

/// Files of rules: read, and asked about some trends; every fault has a place.
func fuzz(_ bytes: [UInt8]) {
  do throws(Faults) {
    var rules = try TrendRules(yaml: bytes)
    for term in ["#follow", "#followfriday", "good morning", "a", "#é", "@nasa"] {
      for place in ["world", "country:TR", "lang:en"] {
        let subject = TrendRule.Subject(
          kind: term.hasPrefix("#") ? .hashtag : .phrase, term: Array(term.utf8), place: Array(place.utf8),
          windowStart: 1_400_000_000_000, windowEnd: 1_400_003_600_000)
        let asked = rules.ruling(subject)
        require(rules.decide(subject) == asked, "two answers")
      }
    }
    require(rules.unmet.count <= rules.count, "more rules unmet than there are")
  } catch {
    for fault in error.faults { require(!fault.text(file: "r.yaml").isEmpty, "a fault without words") }
  }
}
