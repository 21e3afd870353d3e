import Bytes
import Containers
import JSON

@testable import Ingestion
@testable import Records

/// What every decoder owes: a ledger that balances, and records that read back as their own bytes.
struct CanonicalCheck: ~Copyable {
  private var reader = RecordChunkReader(program: "fuzz")

  mutating func check(_ result: DecodedChunk) {
    let written = result.entries.filter { !$0.isExpanded }.count
    require(
      result.ledger.read == written + result.ledger.rejected + result.ledger.filtered,
      "read \(result.ledger.read), written \(written), \(result.ledger)")
    var start = 0
    for entry in result.entries {
      if !entry.isEvent {
        require((2...entry.end - start).contains(Int(entry.mark.tail)), "no place for a cluster")
      }
      start = entry.end
    }
    require(result.ledger.rejected == result.rejects.count, "rejects are not counted")
    require(
      result.entries.last.map { $0.end == result.bytes.count } ?? result.bytes.isEmpty, "bytes of no entry")
    for reject in result.rejects {
      var line = ByteBuffer()
      reject.write(to: &line)
      require(UTF8Check.firstError(in: line.span) == nil, "a reject that is not UTF-8")
    }
    let text = result.bytes.copy(0..<result.bytes.count)
    let lines = FuzzFile.lines(text)
    var again = ByteBuffer()
    var ledger = Ledger()
    var rejects: [Reject] = []
    reader.read(lines, ledger: &ledger, rejects: &rejects) { tweet, record throws(Rejection) in
      switch record {
      case .tweet: TweetWriter.write(tweet, to: &again)
      case .event(let event): event.write(to: &again)
      case .other: fatalError("a record of no known type")
      }
      if again.span[again.count - 1] != 0x0A { again.append(0x0A) }
    }
    if let first = rejects.first { fatalError("refused by the next tool: \(first.rejection)") }
    require(again.span.array == text, "read and written again:\n\(again.span.text)was\n\(text.span.text)")
  }
}
