internal import Bytes

/// Documents with their terms turned into terms with their documents, for a run of neighbouring documents: a counting
/// sort. Several parts are made side by side and read one behind the other.
final class InvertedPart: Sendable {
  /// Per rank, where its entries begin; at last their number.
  let starts: [UInt32]
  /// Document numbers, rising within a rank.
  let documents: [UInt32]
  /// Positions, beside the documents.
  let positions: [UInt16]

  /// Inverts documents `range` of `order`. - Complexity: O(tokens + ranks). Memory: 8 bytes a token, 8 a rank.
  init(_ builder: SegmentBuilder, _ ranks: TermRanks, _ order: [DocumentOrder.Source], _ range: Range<Int>) {
    let runs = DocumentRun.runs(order, range)
    var next = [UInt32](repeating: 0, count: ranks.sources.count + 1)
    for run in runs {
      Self.count(
        builder.batches[run.batch].content, ranks.ranks[builder.tableOfBatch[run.batch]], order, run, &next)
    }
    // From counts to where each rank's entries begin.
    var total: UInt32 = 0
    for rank in next.indices { (next[rank], total) = (total, total + next[rank]) }
    starts = next
    var documents = [UInt32](repeating: 0, count: Int(total))
    var positions = [UInt16](repeating: 0, count: Int(total))
    for run in runs {
      Self.scatter(
        builder.batches[run.batch].content, ranks.ranks[builder.tableOfBatch[run.batch]], order, run, &next,
        &documents, &positions)
    }
    self.documents = documents
    self.positions = positions
  }

  private static func count(
    _ content: borrowing IndexBatch.Content, _ ranks: [UInt32], _ order: [DocumentOrder.Source],
    _ run: DocumentRun,
    _ counts: inout [UInt32]
  ) {
    for document in run.documents {
      for token in content.tokens(of: Int(order[document].index)) {
        counts[Int(ranks[Int(content.tokenTerms[token])])] += 1
      }
    }
  }

  private static func scatter(
    _ content: borrowing IndexBatch.Content, _ ranks: [UInt32], _ order: [DocumentOrder.Source],
    _ run: DocumentRun,
    _ next: inout [UInt32], _ documents: inout [UInt32], _ positions: inout [UInt16]
  ) {
    for document in run.documents {
      for token in content.tokens(of: Int(order[document].index)) {
        let rank = Int(ranks[Int(content.tokenTerms[token])])
        let place = Int(next[rank])
        next[rank] += 1
        documents[place] = UInt32(document)
        positions[place] = content.tokenPositions[token]
      }
    }
  }

  /// The entries of a rank.
  @inline(__always)
  func entries(_ rank: Int) -> Range<Int> { Int(starts[rank])..<Int(starts[rank + 1]) }
}

/// Neighbouring documents that come from one batch.
struct DocumentRun {
  var batch: Int
  var documents: Range<Int>

  /// The runs of documents `range`.
  static func runs(_ order: [DocumentOrder.Source], _ range: Range<Int>) -> [DocumentRun] {
    var runs: [DocumentRun] = []
    var start = range.lowerBound
    for document in range
    where document + 1 == range.upperBound || order[document + 1].batch != order[document].batch {
      runs.append(DocumentRun(batch: Int(order[document].batch), documents: start..<document + 1))
      start = document + 1
    }
    return runs
  }
}

extension IndexBatch.Content {
  /// The places of a document's tokens.
  @inline(__always)
  borrowing func tokens(of document: Int) -> Range<Int> {
    (document == 0 ? 0 : Int(tokenEnds[document - 1]))..<Int(tokenEnds[document])
  }

  /// The bytes of a document's packed record.
  borrowing func record(of document: Int) -> Range<Int> {
    (document == 0 ? 0 : Int(recordEnds[document - 1]))..<Int(recordEnds[document])
  }
}

/// The encoded lists of some neighbouring terms.
final class EncodedTerms: @unchecked Sendable {  // made by one thread, then read by another
  private(set) var postings = PostingsWriter()
  private(set) var positions = PositionsWriter()
  /// Per term: documents, occurrences, bytes of postings, bytes of positions.
  private(set) var sizes: [(documents: Int, occurrences: Int, postings: Int, positions: Int)] = []

  /// Encodes ranks `range` out of `parts`; ranks in `textRanks` have frequencies and positions.
  init(_ parts: [InvertedPart], _ range: Range<Int>, textRanks: Range<Int>, lengths: [UInt32]) {
    var list = TermList()
    sizes.reserveCapacity(range.count)
    for rank in range {
      let isText = textRanks.contains(rank)
      list.removeAll()
      for part in parts { list.add(part, part.entries(rank), isText: isText) }
      let postingsSize =
        isText
        ? postings.add(documents: list.documents.span, counts: list.counts.span, lengths: lengths.span)
        : postings.add(documents: list.documents.span, counts: nil, lengths: lengths.span)
      let positionsSize = isText ? positions.add(list.numbers.span) : 0
      sizes.append(
        (
          list.documents.count, isText ? list.numbers.count : list.documents.count, postingsSize,
          positionsSize
        ))
    }
  }
}

/// One term's documents, frequencies and numbers of positions, gathered before they are encoded.
private struct TermList {
  var documents: [UInt32] = []
  var counts: [UInt32] = []
  var numbers: [UInt32] = []
  private var last = UInt32.max
  private var lastPosition: UInt32 = 0

  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    last = .max
    lastPosition = 0
  }

  mutating func add(_ part: InvertedPart, _ entries: Range<Int>, isText: Bool) {
    let from = part.documents
    let positions = part.positions
    for entry in entries {
      let document = from[entry]
      let position = UInt32(positions[entry])
      if document != last {
        documents.append(document)
        last = document
        if isText {
          counts.append(1)
          numbers.append(position)
        }
      } else if isText {
        counts[counts.count - 1] += 1
        numbers.append(position - lastPosition)
      }
      lastPosition = position
    }
  }
}
