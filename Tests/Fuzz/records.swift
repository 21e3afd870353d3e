import Bytes
import Containers
import JSON
import TextAnalysis

@testable import Records
@testable import SearchIndex

nonisolated(unsafe) private var reader = RecordChunkReader(program: "fuzz")
nonisolated(unsafe) private var analyzer = Analyzer()

nonisolated(unsafe) private var canonical = CanonicalReader()
nonisolated(unsafe) private var parser = JSONParser()

/// Canonical records: read, written, read again, the bytes are the same; so they are after the index has stored them.
/// What is read straight from the bytes is what is read by way of the parser.
func fuzz(_ bytes: [UInt8]) {
  for line in bytes.split(separator: 0x0A) {
    for parts in [.all, [], [.links, .mentions]] as [TweetParts] { compare(Array(line), parts) }
  }
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

private func compare(_ line: [UInt8], _ parts: TweetParts) {
  var fast = Tweet()
  guard let found = unsafe canonical.read(line.span, into: &fast, parts: parts) else { return }
  var buffer = ByteBuffer(capacity: line.count)
  buffer.append(line.span)
  var slow = Tweet()
  do {
    try unsafe parser.parse(buffer, 0..<buffer.count)
    let record = try unsafe TweetReader.read(parser.root, into: &slow, parts: parts)
    require(record == found, "read as \(found), by the parser as \(record)")
  } catch { fatalError("read, but refused by the parser: \(error)") }
  var one = ByteBuffer()
  var other = ByteBuffer()
  TweetWriter.write(fast, to: &one)
  TweetWriter.write(slow, to: &other)
  require(one.span.equals(other.span), "read:\n\(one.span.text)by the parser\n\(other.span.text)")
  require(
    fast.isTokenized == slow.isTokenized && fast.tokens.length == slow.tokens.length
      && (0..<slow.tokens.count).allSatisfy {
        fast.tokens.term($0).equals(slow.tokens.term($0))
          && fast.tokens.tokens[$0].position == slow.tokens.tokens[$0].position
      }, "other tokens")
}
