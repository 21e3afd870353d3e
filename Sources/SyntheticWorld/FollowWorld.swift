internal import Bytes

/// A follow graph as large as one likes, with the skew of the real one, to measure `fanout` by.
///
/// Who is followed is drawn by fame: the account of rank r with a weight of r^(−3/4), which gives followers a power law of
/// exponent 1 + 4/3 = 2.33; Kwak, Lee, Park and Moon ("What is Twitter, a Social Network or a News Media?", WWW 2010) found
/// 2.276. How many an account follows falls with the square root of its rank, which gives an exponent of 3 and no account
/// without any. Only products and square roots, which every machine rounds alike: one seed gives the same bytes
/// everywhere. No edge comes twice and none leads back; beyond chance nobody is followed back, unlike in the real graph.
public struct FollowWorld: Sendable {
  /// What distinguishes worlds of one size.
  public let seed: UInt64
  /// Accounts.
  public let users: Int
  /// Follows.
  public let edges: Int

  /// A world. - Precondition: `FollowWorld.mostEdges(users)` is not exceeded.
  public init(seed: UInt64, users: Int, edges: Int) {
    precondition(users >= 2 && users <= 1 << 31 && edges <= Self.mostEdges(users))
    self.seed = seed
    self.users = users
    self.edges = edges
  }

  /// The most follows that leave the busiest account someone whom it does not follow.
  public static func mostEdges(_ users: Int) -> Int {
    Int(Double(users - 1) * Double(users).squareRoot() / 2)
  }

  /// Writes `follows.tsv` into `folder`, which is made if missing. Memory: 12 bytes an account. - Throws: `SystemError`.
  public func write(into folder: String) throws {
    try Syscalls.makeDirectories(folder)
    var file = try AtomicFile(Paths.join(folder, "follows.tsv"))
    var buffer = ByteBuffer(capacity: 1 << 20)
    var random = SplitMix64(seed ^ 0x6772_6170)
    let famous = byFame(&random)
    // Those who follow many are no more famous than others.
    var busy = famous
    for index in stride(from: users - 1, to: 0, by: -1) { busy.swapAt(index, random.below(index + 1)) }
    // Whom the account at work follows already: its rank, plus one.
    var chosen = [UInt32](repeating: 0, count: users)
    var written = 0
    for rank in 0..<users {
      let follower = Int(busy[rank])
      let end = Self.end(rank + 1, users: users, edges: edges)
      while written < end {
        let followee = next(follower, UInt32(rank) + 1, famous, &chosen, &random)
        buffer.append(decimal: id(follower))
        buffer.append("\t")
        buffer.append(decimal: id(followee))
        buffer.append("\n")
        written += 1
      }
      if buffer.count > 1 << 19 {
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    try file.write(buffer.span)
    try file.commit()
  }

  // Which account has which fame: ranks that are no account's number, so that the famous have ids of any age.
  func byFame(_ random: inout SplitMix64) -> [UInt32] {
    var famous = Array(0..<UInt32(users))
    for index in stride(from: users - 1, to: 0, by: -1) { famous.swapAt(index, random.below(index + 1)) }
    return famous
  }

  /// How many edges the first `ranks` accounts have together.
  static func end(_ ranks: Int, users: Int, edges: Int) -> Int {
    ranks == users ? edges : Int(Double(edges) * (Double(ranks) / Double(users)).squareRoot())
  }

  // Someone new for the follower: by fame, and after many that are not new the next who is.
  private func next(
    _ follower: Int, _ mark: UInt32, _ famous: [UInt32], _ chosen: inout [UInt32], _ random: inout SplitMix64
  ) -> Int {
    var place = 0
    for _ in 0..<64 {
      // The inverse of the distribution: a uniform number to the fourth power, 53 bits of it.
      let uniform = Double(random.next() >> 11) * 0x1p-53
      let square = uniform * uniform
      place = Int(square * square * Double(users))
      let followee = Int(famous[place])
      if followee != follower && chosen[followee] != mark {
        chosen[followee] = mark
        return followee
      }
    }
    while true {
      place = place + 1 == users ? 0 : place + 1
      let followee = Int(famous[place])
      if followee != follower && chosen[followee] != mark {
        chosen[followee] = mark
        return followee
      }
    }
  }

  // Two of three accounts are of before 2016 and have serial ids of up to ten digits, the others have snowflakes.
  func id(_ account: Int) -> UInt64 {
    let number = UInt64(account)
    let mixed = SplitMix64.mix(seed &+ number)
    if number % 3 < 2 { return 12 + number * 2_713 + mixed % 2_700 }
    return 700_000_000_000_000_000 + number * 400_000_000_000 + mixed % 399_000_000_000
  }
}
