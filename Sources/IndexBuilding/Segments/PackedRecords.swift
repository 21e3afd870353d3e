internal import Bytes
internal import SearchIndex

/// The stored records of a segment, compressed in blocks.
final class PackedRecords: @unchecked Sendable {  // made by one thread, then read by another
  /// The member `records`.
  let blocks: StagedMember
  /// Where each block begins, and where the last one ends; finished.
  private(set) var offsets = PackedColumnWriter()
  /// Blocks that a thread compresses at a time: about a megabyte of records.
  private static let blocksPerJob = 32

  // The blocks of one job.
  private final class Job: @unchecked Sendable {
    var blocks = ByteBuffer()
    var sizes: [Int] = []
  }

  /// Packs the records of `order`'s documents; blocks wait in `folder`. Empties the batches' records. - Throws: `SystemError`.
  init(_ builder: SegmentBuilder, _ order: DocumentOrder, in folder: String, threads: Int) throws {
    let perBlock = SegmentFormat.recordsPerBlock
    let count = (order.sources.count + perBlock - 1) / perBlock
    let batches = builder.batches
    blocks = StagedMember(in: folder)
    let firsts = BoundedQueue<Int>(capacity: max(count / Self.blocksPerJob + 1, 1))
    for first in stride(from: 0, to: count, by: Self.blocksPerJob) { firsts.push(first) }
    firsts.close()
    var end: Int64 = 0
    offsets.add(end)
    try OrderedWork.run(
      threads: threads, produce: { firsts.pop() }, context: {},
      work: { _, first in Self.pack(first..<min(first + Self.blocksPerJob, count), batches, order) },
      consume: { (job: Job) in
        try Self.append(job.blocks, to: blocks)
        for size in job.sizes {
          end += Int64(size)
          offsets.add(end)
        }
      })
    for batch in batches { batch.content.records = ByteBuffer(capacity: 0) }
    offsets.finish()
  }

  private static func append(_ bytes: borrowing ByteBuffer, to member: StagedMember) throws(SystemError) {
    try member.append(bytes.span)
  }

  private static func pack(_ range: Range<Int>, _ batches: [IndexBatch], _ order: DocumentOrder)
    -> Job
  {
    let result = Job()
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
      if packer.endRecord() { result.sizes.append(packer.endBlock(into: &result.blocks)) }
    }
    let rest = packer.endBlock(into: &result.blocks)
    if rest > 0 { result.sizes.append(rest) }
    return result
  }

  private static func append(_ content: borrowing IndexBatch.Content, _ index: Int, to body: inout ByteBuffer)
  {
    body.append(content.records, content.record(of: index))
  }
}
