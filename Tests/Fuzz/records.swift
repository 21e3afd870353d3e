import Bytes
import Containers
import TextAnalysis

@testable import Records
@testable import SearchIndex

nonisolated(unsafe) private var reader = RecordChunkReader(program: "fuzz")
nonisolated(unsafe) private var analyzer = Analyzer()

/// Canonical records: read, written, read again, the bytes are the same; so they are after the index has stored them.
func fuzz(_ bytes: [UInt8]) {
  var once = ByteBuffer()
  read(bytes, into: &once)
  var twice = ByteBuffer()
  read(once.span.array, into: &twice)
  require(once.span.equals(twice.span), "written again:\n\(twice.span.text)was\n\(once.span.text)")
}

private func read(_ bytes: [UInt8], into out: inout ByteBuffer) {
  let chunk = FuzzFile.lines(bytes)
  var ledger = Ledger()
  var rejects: [Reject] = []
  var kept = 0
  unsafe reader.read(chunk, ledger: &ledger, rejects: &rejects) { tweet, record throws(Rejection) in
    kept += 1
    switch record {
    case .tweet:
      TweetWriter.write(tweet, to: &out)
      checkStored(&tweet)
      unsafe analyzer.analyze(&tweet)
    case .event(let event): event.write(to: &out)
    case .other: break
    }
    if !out.isEmpty, out.span[out.count - 1] != 0x0A { out.append(0x0A) }
  }
  require(ledger.read == kept + rejects.count, "the ledger does not balance")
}

private func checkStored(_ tweet: inout Tweet) {
  tweet.isTokenized = false
  var stored = ByteBuffer()
  RecordCodec.encode(tweet, to: &stored)
  var twin = Tweet()
  do { try RecordCodec.decode(stored.span, id: tweet.id, time: tweet.createdAt, into: &twin) } catch {
    fatalError("stored, but not read: \(error)")
  }
  var before = ByteBuffer()
  var after = ByteBuffer()
  TweetWriter.write(tweet, to: &before)
  TweetWriter.write(twin, to: &after)
  require(before.span.equals(after.span), "stored:\n\(after.span.text)was\n\(before.span.text)")
}
