internal import Bytes

/// Hosts by their labels: `nytimes` and `nytimes.com` both mean `mobile.nytimes.com`.
public enum HostLabels {
  /// Whether the labels of `part` stand side by side in `host`. Neither is empty. - Complexity: O(n·m).
  public static func holds(_ host: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
    if part.isEmpty || part.count > host.count { return false }
    for start in 0...host.count - part.count {
      let end = start + part.count
      if (start == 0 || host[start - 1] == 0x2E) && (end == host.count || host[end] == 0x2E)
        && host.extracting(start..<end).equals(part)
      {
        return true
      }
    }
    return false
  }
}
