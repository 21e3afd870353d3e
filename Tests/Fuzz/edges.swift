import Containers
import Records

@testable import Follows

nonisolated(unsafe) private var reader = RelationReader(program: "fuzz")

/// Edge lines and events of any bytes: every record is counted once, and again makes no other graph.
func fuzz(_ bytes: [UInt8]) {
  for form in [GraphForm.edges, .records] {
    let chunk = FuzzFile.lines(bytes)
    chunk.context = form
    let batch = unsafe reader.read(chunk)
    let used = batch.edges.count / 2 + batch.changes.count
    require(
      batch.ledger.read == used + batch.ledger.rejected + batch.ledger.filtered, "the ledger does not balance"
    )
    var log = RelationLog()
    log.add(batch)
    let once = log.finish(threads: 1)
    require(once.records + once.duplicates == used, "records were lost")
    var again = RelationLog()
    again.add(batch)
    again.add(batch)
    let twice = again.finish(threads: 1)
    require(GraphStats(twice, threads: 1) == GraphStats(once, threads: 1), "repetition changed the graph")
  }
}
