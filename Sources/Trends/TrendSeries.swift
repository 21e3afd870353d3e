public import Bytes
internal import JSON
internal import Records

/// The uses of a term at a place in one step.
public struct TrendSeriesPoint: Equatable, Sendable {
  let start: Int64
  let end: Int64
  let place: [UInt8]
  let kind: TrendKind
  let term: [UInt8]
  let count: Int
  let users: Int

  /// Appends `{"type":"series","start","end","place","kind","term","count","users"}` with its newline.
  public func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"series\",\"start\":\"")
    Timestamp.append(start, to: &out)
    out.append("\",\"end\":\"")
    Timestamp.append(end, to: &out)
    out.append("\",\"place\":")
    out.append(jsonString: place.span)
    out.append(",\"kind\":\"")
    out.append(string: kind.name)
    out.append("\",\"term\":")
    out.append(jsonString: term.span)
    out.append(",\"count\":")
    out.append(decimal: UInt64(count))
    out.append(",\"users\":")
    out.append(decimal: UInt64(users))
    out.append("}\n")
  }
}
