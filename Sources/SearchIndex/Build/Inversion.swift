internal import Bytes

/// Documents with their terms turned into terms with their documents, for a run of neighbouring documents: a counting
/// sort. Several parts are made side by side and read one behind the other.
final class InvertedPart: Sendable {
  /// Per rank, where its entries begin; at last their number.
  let starts: [UInt32]
  /// Document numbers, rising within a rank.
  let documents: [UInt32]
  /// Positions, beside the documents.
  let positions: [UInt32]

  /// Inverts documents `range` of `order`. The batches hold ranks (of which there are `ranks`) in place of numbers.
  /// - Complexity: O(tokens + ranks). Memory: 8 bytes a token, 4 a rank.
  init(_ batches: [IndexBatch], _ order: [DocumentOrder.Source], _ range: Range<Int>, ranks: Int) {
    var starts = [UInt32](repeating: 0, count: ranks + 1)
    var total = 0
    for document in range {
      let source = order[document]
      let batch = batches[Int(source.batch)]
      for token in batch.tokens(of: Int(source.index)) { starts[Int(batch.tokenTerms[token]) + 1] += 1 }
      total += batch.tokens(of: Int(source.index)).count
    }
    for rank in 0..<ranks { starts[rank + 1] += starts[rank] }
    var next = starts
    var documents = [UInt32](repeating: 0, count: total)
    var positions = [UInt32](repeating: 0, count: total)
    for document in range {
      let source = order[document]
      let batch = batches[Int(source.batch)]
      for token in batch.tokens(of: Int(source.index)) {
        let rank = Int(batch.tokenTerms[token])
        let place = Int(next[rank])
        next[rank] += 1
        documents[place] = UInt32(document)
        positions[place] = batch.tokenPositions[token]
      }
    }
    self.starts = starts
    self.documents = documents
    self.positions = positions
  }

  /// The entries of a rank.
  @inline(__always)
  func entries(_ rank: Int) -> Range<Int> { Int(starts[rank])..<Int(starts[rank + 1]) }
}

extension IndexBatch {
  /// The places of a document's tokens.
  @inline(__always)
  func tokens(of document: Int) -> Range<Int> {
    (document == 0 ? 0 : tokenEnds[document - 1])..<tokenEnds[document]
  }

  /// The bytes of a document's packed record.
  func record(of document: Int) -> Range<Int> {
    (document == 0 ? 0 : recordEnds[document - 1])..<recordEnds[document]
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
    var documents: [UInt32] = []
    var counts: [UInt32] = []
    var numbers: [UInt32] = []
    for rank in range {
      documents.removeAll(keepingCapacity: true)
      counts.removeAll(keepingCapacity: true)
      numbers.removeAll(keepingCapacity: true)
      let isText = textRanks.contains(rank)
      var lastDocument = UInt32.max
      var lastPosition: UInt32 = 0
      for part in parts {
        for entry in part.entries(rank) {
          let document = part.documents[entry]
          let position = part.positions[entry]
          if document != lastDocument {
            documents.append(document)
            lastDocument = document
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
      let postingsSize =
        isText
        ? postings.add(documents: documents.span, counts: counts.span, lengths: lengths.span)
        : postings.add(documents: documents.span, counts: nil, lengths: lengths.span)
      let positionsSize = isText ? positions.add(numbers.span) : 0
      sizes.append((documents.count, isText ? numbers.count : documents.count, postingsSize, positionsSize))
    }
  }
}
