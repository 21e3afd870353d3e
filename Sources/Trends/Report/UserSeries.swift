/// The windows in which a term was reported at a place, as a chart shows them: never more than `capacity` points.
///
/// When it is full, neighbouring points are merged and the one with more users stays, so a series of any length keeps its
/// highest points. Not for sums or means. Memory: 32 bytes a point.
public struct UserSeries: Equatable, Sendable {
  /// One window, or the one with the most users of some neighbouring ones.
  public struct Point: Equatable, Sendable {
    /// The end of the window, in ms since 1970.
    public var end: Int64
    /// Accounts that were counted.
    public var users: Int
    /// Accounts that were expected.
    public var expected: Double
    /// From 0: which episode of the term it belongs to.
    public var episode: Int
  }

  /// The most points that are kept; an even number.
  public static let capacity = 64

  /// In the order of time.
  public private(set) var points: [Point] = []
  /// Windows that were added.
  public private(set) var windows = 0
  /// The onset of the current episode.
  public private(set) var onset: Int64?
  /// The end of the last window that was added.
  public private(set) var last = Int64.min
  private var stride = 1
  /// Windows that went into the last point.
  private var filled = 0

  /// An empty series.
  public init() {}

  /// Episodes so far: a new one begins where the onset is another.
  public var episodes: Int { (points.last?.episode ?? -1) + 1 }

  /// Adds a row of a later window. - Complexity: amortised O(1).
  public mutating func add(_ row: Trend) {
    let episode = onset == row.onset ? episodes - 1 : episodes
    let point = Point(end: row.windowEnd, users: row.users, expected: row.expected, episode: episode)
    windows += 1
    last = row.windowEnd
    onset = row.onset
    if let previous = points.last, filled < stride, previous.episode == episode {
      points[points.count - 1] = Self.stronger(previous, point)
      filled += 1
      return
    }
    if points.count == Self.capacity { halve() }
    points.append(point)
    filled = 1
  }

  private mutating func halve() {
    points = (0..<points.count / 2).map { Self.stronger(points[2 * $0], points[2 * $0 + 1]) }
    stride *= 2
  }

  // Of equals the earlier.
  private static func stronger(_ a: Point, _ b: Point) -> Point { b.users > a.users ? b : a }
}
