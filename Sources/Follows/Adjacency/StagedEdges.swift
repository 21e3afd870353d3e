internal import Bytes

/// Edges as they come, until all are known: each as two differences from the one before.
///
/// Memory: about 4 bytes an edge where a file has the edges of an account together, 6 in no order.
struct EdgeStage: ~Copyable {
  private var blocks: [[UInt8]] = []
  private var block = ByteBuffer(capacity: blockSize + 32)
  private var from: UInt32 = 0
  private var to: UInt32 = 0
  /// How many.
  private(set) var count = 0
  /// Bytes of a block: large enough that blocks cost nothing, small enough that the last one does not either.
  private static let blockSize = 1 << 18

  /// Adds an edge.
  @inline(__always)
  mutating func add(_ from: UInt32, _ to: UInt32) {
    Varint.append(Varint.zigzag(self.from, from), to: &block)
    Varint.append(Varint.zigzag(self.to, to), to: &block)
    self.from = from
    self.to = to
    count += 1
    if block.count >= Self.blockSize { close() }
  }

  private mutating func close() {
    let closed = block.span.array
    blocks.append(closed)
    block.removeAll()
  }

  /// All of them, their ends named by `ranks`.
  consuming func finish(_ ranks: [UInt32]) -> StagedEdges {
    close()
    return StagedEdges(blocks: blocks, ranks: ranks)
  }
}

/// Staged edges by their first end.
struct StagedEdges: PairSource {
  let blocks: [[UInt8]]
  let ranks: [UInt32]

  @inline(__always)
  func scan(_ owners: Range<UInt32>, _ body: (UInt32, UInt32) -> Void) {
    var from: UInt32 = 0
    var to: UInt32 = 0
    var isWanted = false
    var owner: UInt32 = 0
    var isFirst = true
    for block in blocks {
      let bytes = block.span
      var index = 0
      while index < bytes.count {
        let step = Varint.read(bytes, &index)
        to = Varint.unzigzag(to, Varint.read(bytes, &index))
        if step != 0 || isFirst {
          isFirst = false
          // Files mostly have the edges of one account together: its rank is looked up once.
          from = Varint.unzigzag(from, step)
          owner = ranks[Int(from)]
          isWanted = owners.contains(owner)
        }
        if isWanted { body(owner, ranks[Int(to)]) }
      }
    }
  }
}
