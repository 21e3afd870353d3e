/// The accounts of a graph, numbered from 0 in order of their ids: numbers compare as ids do, whatever came first.
///
/// Memory: 8 bytes an account.
public struct UserTable: Sendable {
  /// Their ids, ascending.
  public let ids: [UInt64]

  /// A table of ascending ids.
  init(_ ascending: [UInt64]) { ids = ascending }

  /// How many there are.
  public var count: Int { ids.count }

  /// The id of a number. - Complexity: O(1).
  public func id(_ number: UInt32) -> UInt64 { ids[Int(number)] }

  /// The number of an id, or nil. - Complexity: O(log n).
  public func number(of id: UInt64) -> UInt32? {
    var low = 0
    var high = ids.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id ? UInt32(low) : nil
  }
}
