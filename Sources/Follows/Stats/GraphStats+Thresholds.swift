internal import Bytes

extension GraphStats {
  /// The powers of ten up to the first that pushes everyone, and at least up to 100,000: the usual one is 10,000.
  static func thresholds(_ graph: FollowGraph, _ degrees: Degrees, threads: Int) -> [Threshold] {
    let digits = max(5, String(degrees.followers.max() ?? 0).utf8.count)
    // Accounts by how many of the thresholds they reach.
    let classes = degrees.followers.map { count in
      UInt8((1...digits).count { Int(count) >= Self.power($0) })
    }
    var all = (1...digits).map { Threshold(pushBelow: Self.power($0)) }
    for (user, count) in degrees.followers.enumerated() where count > 0 {
      for place in all.indices {
        if Int(classes[user]) > place {
          all[place].pulled += 1
        } else {
          all[place].pushed += 1
          all[place].writes += Int(count)
        }
      }
    }
    let users = graph.users.count
    let parts = Degrees.parts(users)
    let merges = OrderedWork.map(parts.count, threads: threads) { part in
      Self.merges(graph, classes, parts[part], digits)
    }
    for part in merges {
      for place in all.indices {
        all[place].readers += part.readers[place]
        all[place].mostMerged = max(all[place].mostMerged, part.most[place])
      }
    }
    return all
  }

  private static func power(_ digits: Int) -> Int { (0..<digits).reduce(1) { value, _ in value * 10 } }

  // For each threshold: who follows someone that reaches it, and how many at most.
  private static func merges(_ graph: FollowGraph, _ classes: [UInt8], _ part: Range<Int>, _ digits: Int)
    -> (readers: [Int], most: [Int])
  {
    var readers = [Int](repeating: 0, count: digits)
    var most = readers
    var counts = [Int](repeating: 0, count: digits + 1)
    var list: [UInt32] = []
    for user in part {
      graph.followees(UInt32(user), at: FollowGraph.end, into: &list)
      for place in counts.indices { counts[place] = 0 }
      for followee in list { counts[Int(classes[Int(followee)])] += 1 }
      var merged = 0
      for place in stride(from: digits - 1, through: 0, by: -1) {
        merged += counts[place + 1]
        if merged > 0 { readers[place] += 1 }
        most[place] = max(most[place], merged)
      }
    }
    return (readers, most)
  }
}
