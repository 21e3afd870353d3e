internal import Bytes

/// The batches of one segment, in input order. Memory: about 500 bytes a tweet of 100 characters.
struct SegmentBuilder {
  private(set) var batches: [IndexBatch] = []
  /// The workers' tables, in the order in which they are met; the order shows in no output.
  private(set) var tables: [WorkerTables] = []
  /// For each batch, which of `tables` its numbers are from.
  private(set) var tableOfBatch: [Int] = []
  private(set) var documents = 0
  /// The terms of all batches.
  private(set) var terms: SegmentTerms

  init(_ terms: SegmentTerms = SegmentTerms()) { self.terms = terms }

  /// Whether there is neither a tweet nor a tombstone.
  var isEmpty: Bool { batches.isEmpty }

  /// Adds a batch whose terms are numbered by the same table as those of the batches before.
  mutating func add(_ batch: IndexBatch) {
    guard !batch.content.facts.isEmpty || !batch.content.events.isEmpty else { return }
    if documents == 0 { terms = batch.terms }
    precondition(batch.content.facts.isEmpty || batch.terms === terms, "batches of different segments")
    documents += batch.content.facts.count
    batches.append(batch)
    if let known = tables.firstIndex(where: { $0 === batch.tables }) {
      tableOfBatch.append(known)
    } else {
      tables.append(batch.tables)
      tableOfBatch.append(tables.count - 1)
    }
  }
}
