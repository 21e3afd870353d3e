import QueryMatching
import Testing

@Suite struct HostLabelsTests {
  @Test(
    "a part of a host stands between dots, hyphens and the ends",
    arguments: [
      ("nytimes.com", "nytimes", true), ("nytimes.com", "nytimes.com", true),
      ("mobile.nytimes.com", "nytimes.com", true),
      ("mobile.nytimes.com", "mobile", true), ("nytimes.com", "nytime", false),
      ("nytimes.com", "times.com", false),
      ("my-site.org", "site", true), ("my-site.org", "my-site", true), ("a.b", "a.b.c", false),
      ("a.b", "", false), ("", "a", false),
    ])
  func parts(host: String, part: String, holds: Bool) {
    #expect(HostLabels.holds(Array(host.utf8).span, Array(part.utf8).span) == holds)
  }
}
