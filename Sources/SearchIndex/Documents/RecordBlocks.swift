package import Bytes
package import Commits
internal import CZstd
package import Records

// Stored records: blocks of 128 documents (of 64 in the first two formats), each one zstd frame of
//   varint bytes of each of its records, then the records
// and `records.offsets`: a packed column of where each block begins, and where the last one ends.

/// Compresses blocks of records. One per thread.
@safe
package final class RecordBlockWriter {
  private let context: OpaquePointer

  package init() {
    guard let made = unsafe ZSTD_createCCtx() else { fatalError("no memory for zstd") }
    unsafe context = made
  }

  deinit { unsafe _ = ZSTD_freeCCtx(context) }

  /// Appends one frame.
  package func compress(_ raw: Span<UInt8>, into out: inout ByteBuffer) {
    out.append(upTo: ZSTD_compressBound(raw.count)) { room in
      unsafe room.withUnsafeMutableBufferPointer { target in
        unsafe raw.withUnsafeBufferPointer { source in
          // SAFETY: zstd is told both sizes, and the target holds its bound.
          let size = unsafe ZSTD_compressCCtx(
            context, target.baseAddress, target.count, source.baseAddress, source.count,
            SegmentFormat.compressionLevel)
          precondition(ZSTD_isError(size) == 0, "zstd cannot compress into its own bound")
          return size
        }
      }
    }
  }
}

/// Reads records by document number, and keeps the block read last.
@safe
package struct RecordBlockReader: ~Copyable {
  private let offsets: PackedColumnReader
  private let member: CheckedMember
  private let documents: Int
  private let ids: PackedColumnReader
  private let times: PackedColumnReader
  private let perBlock: Int
  // Whether records begin with what columns hold.
  private let isOld: Bool
  private let context: OpaquePointer
  private var block = -1
  private var raw = ByteBuffer()
  private var ends: [Int] = []
  /// The most a block may unpack to: 128 records of the longest kind.
  private static let largest = SegmentFormat.recordsPerBlock * (32 << 20)

  /// A reader of `segment`, whose records begin where `offsets` says.
  init(_ segment: Segment, offsets: PackedColumnReader, member: CheckedMember) throws(SegmentError) {
    documents = segment.documentCount
    isOld = segment.header.version < SegmentFormat.leanVersion
    perBlock = isOld ? SegmentFormat.oldRecordsPerBlock : SegmentFormat.recordsPerBlock
    ids = segment.column(.ids)
    times = segment.column(.times)
    let blocks = (documents + perBlock - 1) / perBlock
    guard offsets.count == blocks + 1 else {
      throw member.corrupt(0, "expected \(blocks) blocks, found \(offsets.count - 1)")
    }
    self.offsets = offsets
    self.member = member
    guard let made = unsafe ZSTD_createDCtx() else { fatalError("no memory for zstd") }
    unsafe context = made
  }

  deinit { unsafe _ = ZSTD_freeDCtx(context) }

  /// Reads the record of a document into `tweet`. - Throws: `.corrupt`.
  package mutating func read(_ document: Int, into tweet: inout Tweet) throws(SegmentError) {
    let (ids, times, member) = (ids, times, member)
    let packed = try record(document)
    let id = UInt64(bitPattern: try ids.value(document))
    let time = ColumnTime.time(try times.value(document), id: id)
    do throws(DecodeError) {
      try RecordCodec.decode(packed, id: id, time: time, into: &tweet)
    } catch {
      throw member.corrupt(document, "record \(document): \(error)")
    }
  }

  /// The packed record of a document, as today's format has it. - Throws: `.corrupt`.
  @_lifetime(&self)
  package mutating func record(_ document: Int) throws(SegmentError) -> Span<UInt8> {
    guard document >= 0, document < documents else {
      throw member.corrupt(0, "record \(document) of \(documents)")
    }
    try load(document / perBlock)
    let index = document % perBlock
    let (member, isOld) = (member, isOld)
    let packed = raw.span.extracting(ends[index]..<ends[index + 1])
    if !isOld { return packed }
    do throws(DecodeError) {
      return try RecordCodec.withoutIdentity(packed)
    } catch {
      throw member.corrupt(document, "record \(document): \(error)")
    }
  }

  private mutating func load(_ wanted: Int) throws(SegmentError) {
    if block == wanted { return }
    block = -1
    let member = self.member
    let start = Int(try offsets.value(wanted))
    let end = Int(try offsets.value(wanted + 1))
    guard start >= 0, start < end else { throw member.corrupt(start, "offsets do not rise") }
    let packed = try member.span(start, end - start)
    let size = unsafe packed.withUnsafeBufferPointer {
      unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count)
    }
    // zstd needs four bytes or more for a block of 128 KiB: what claims to be larger lies, and gets no memory.
    guard size <= UInt64(min(Self.largest, (packed.count / 4 + 1) << 17)) else {
      throw member.corrupt(start, "a block without a plausible size")
    }
    raw.removeAll()
    guard unsafe Self.unpack(context, packed, size: Int(size), into: &raw) else {
      throw member.corrupt(start, "a block that does not unpack")
    }
    let count = min(perBlock, documents - wanted * perBlock)
    ends = try Self.split(raw, count: count, member, start)
    block = wanted
  }

  private static func unpack(
    _ context: OpaquePointer, _ packed: Span<UInt8>, size: Int, into raw: inout ByteBuffer
  ) -> Bool {
    raw.removeAll()
    raw.append(upTo: size) { room in
      unsafe room.withUnsafeMutableBufferPointer { target in
        unsafe packed.withUnsafeBufferPointer { source in
          // SAFETY: zstd is told both sizes.
          let got = unsafe ZSTD_decompressDCtx(
            context, target.baseAddress, target.count, source.baseAddress, source.count)
          return ZSTD_isError(got) == 0 ? got : 0
        }
      }
    }
    return raw.count == size
  }

  // Where each record begins, and where the last one ends.
  private static func split(
    _ raw: borrowing ByteBuffer, count: Int, _ member: CheckedMember, _ place: Int
  ) throws(SegmentError) -> [Int] {
    let bytes = raw.span
    var sizes: [Int] = []
    var offset = 0
    for _ in 0..<count {
      var value = 0
      var shift = 0
      while true {
        guard offset < bytes.count, shift < 35 else { throw member.corrupt(place, "a block's sizes are cut") }
        let byte = Int(bytes[offset])
        offset += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      sizes.append(value)
    }
    var ends = [offset]
    for size in sizes {
      offset += size
      ends.append(offset)
    }
    guard offset == bytes.count else { throw member.corrupt(place, "a block's sizes do not add up") }
    return ends
  }
}
