internal import Bytes
internal import SearchIndex

/// The stored records of a segment, compressed in blocks.
final class PackedRecords: @unchecked Sendable {  // made by one thread, then read by another
  private(set) var blocks = ByteBuffer()
  private(set) var offsets = ByteBuffer()
  private var sizes: [Int64] = []
  /// Blocks that a thread compresses at a time: about a megabyte of records.
  private static let blocksPerJob = 32

  private init() {}

  /// Packs the records of `order`'s documents. Empties the batches' records.
  init(_ builder: SegmentBuilder, _ order: DocumentOrder, threads: Int) {
    let perBlock = SegmentFormat.recordsPerBlock
    let count = (order.sources.count + perBlock - 1) / perBlock
    let jobs = (count + Self.blocksPerJob - 1) / Self.blocksPerJob
    let batches = builder.batches
    let packed = OrderedWork.map(jobs, threads: threads) { job in
      let first = job * Self.blocksPerJob
      return Self.pack(first..<min(first + Self.blocksPerJob, count), batches, order)
    }
    for batch in batches { batch.content.records = ByteBuffer(capacity: 0) }
    var ends: [Int64] = [0]
    blocks.reserve(packed.reduce(0) { $0 + $1.blocks.count })
    for part in packed {
      blocks.append(contentsOf: part.blocks)
      part.blocks = ByteBuffer(capacity: 0)
      for size in part.sizes { ends.append((ends.last ?? 0) + size) }
    }
    PackedColumn.write(ends, to: &offsets)
  }

  private static func pack(_ range: Range<Int>, _ batches: [IndexBatch], _ order: DocumentOrder)
    -> PackedRecords
  {
    let result = PackedRecords()
    var packer = RecordPacker()
    let perBlock = SegmentFormat.recordsPerBlock
    for document in range.lowerBound * perBlock..<min(range.upperBound * perBlock, order.sources.count) {
      let source = order.sources[document]
      let before = packer.body.count
      if let record = order.rewritten[document] {
        packer.body.append(record.span)
      } else {
        append(batches[Int(source.batch)].content, Int(source.index), to: &packer.body)
      }
      if let facts = order.merged[document] {
        RecordCodec.replaceCounts(&packer.body, from: before, with: facts.counts)
      }
      if packer.endRecord() { result.sizes.append(Int64(packer.endBlock(into: &result.blocks))) }
    }
    let rest = packer.endBlock(into: &result.blocks)
    if rest > 0 { result.sizes.append(Int64(rest)) }
    return result
  }

  private static func append(_ content: borrowing IndexBatch.Content, _ index: Int, to body: inout ByteBuffer)
  {
    body.append(content.records, content.record(of: index))
  }
}
