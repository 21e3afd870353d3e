public import Bytes
internal import JSON
internal import Records

/// The `delivery` record of DESIGN §3.
public enum DeliveryRecord {
  /// Appends that a tweet is in the timeline of `user`, and a newline.
  public static func append(_ user: UInt64, _ entry: TimelineEntry, to out: inout ByteBuffer) {
    out.append("{\"type\":\"delivery\",\"user\":\"")
    out.append(decimal: user)
    out.append("\",\"tweet\":\"")
    out.append(decimal: entry.tweet)
    out.append("\",\"author\":\"")
    out.append(decimal: entry.author)
    out.append("\",\"at\":\"")
    Timestamp.append(entry.at, to: &out)
    switch entry.via {
    case .push: out.append("\",\"via\":\"push\"}\n")
    case .pull: out.append("\",\"via\":\"pull\"}\n")
    }
  }
}
