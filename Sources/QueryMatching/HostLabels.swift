internal import Bytes

/// Hosts by their labels: `nytimes` and `nytimes.com` both mean `mobile.nytimes.com`, `site` means `my-site.org`.
public enum HostLabels {
  /// Whether `part` stands in `host` between dots, hyphens and the ends. - Complexity: O(n·m).
  public static func holds(_ host: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
    if part.isEmpty || part.count > host.count { return false }
    for start in 0...host.count - part.count {
      let end = start + part.count
      if (start == 0 || isSeparator(host[start - 1])) && (end == host.count || isSeparator(host[end]))
        && host.extracting(start..<end).equals(part)
      {
        return true
      }
    }
    return false
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x2D }
}

/// A word of a query for links: a part of a host, or words of a path, where every ASCII sign separates.
public struct LinkTerm: Equatable, Sendable {
  /// As the analysis gives it: `nytimes.com`, `a_story`.
  public var whole: [UInt8]
  /// Its words: `a`, `story`.
  public var pieces: [[UInt8]]

  init(_ term: [UInt8]) {
    whole = term
    pieces = term.split { $0 < 0x80 && !Self.isAlphanumeric($0) }.map(Array.init)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26
  }
}
