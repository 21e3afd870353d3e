import Activity
import Bytes
import Containers
import Follows
import Records
import Testing
import Timelines

@Suite struct ActivityReaderTests {
  private func batch(_ text: String, wantsEngagements: Bool = true) -> ActivityBatch {
    var buffer = ByteBuffer()
    buffer.append(string: text)
    let chunk = Chunk(bytes: buffer, source: "f", member: "", offset: 0, line: 1, layout: .lines)
    return ActivityReader(program: "test", wantsEngagements: wantsEngagements).read(chunk)
  }

  private let records = """
    {"type":"tweet","id":"5","created_at":"1970-01-01T00:00:00.010Z","user":{"id":"1","username":"ann","protected":true},"text":"a","mentions":[{"id":"4","username":"dan"},{"username":"x"}],"reply_to":{"tweet":"3","user":"2","username":"bob"},"quote_of":{"id":"9","user":{"id":"6"}}}
    {"type":"tweet","id":"6","created_at":"1970-01-01T00:00:00.011Z","user":{"id":"1","protected":false},"text":"a","reply_to":{"tweet":"3"}}
    {"type":"tweet","id":"7","created_at":"1970-01-01T00:00:00.012Z","user":{"id":"2"},"text":"a","retweet_of":{"id":"5","user":{"id":"1"}},"mentions":[{"id":"4","username":"dan"}]}
    {"type":"tweet","id":"8","created_at":"1970-01-01T00:00:00.013Z","text":"nobody's"}
    {"type":"delete","id":"5"}
    {"type":"user_delete","user":"2"}
    {"type":"scrub_geo","user":"2"}
    {"type":"like","user":"1","tweet":"7","at":"1970-01-01T00:00:00.014Z"}
    {"type":"unlike","user":"1","tweet":"7"}
    {"type":"block","user":"1","target":"2","at":"1970-01-01T00:00:00.015Z"}
    {"type":"follow","user":"1","target":"1"}
    {"type":"trend"}
    nonsense
    """

  @Test("tweets, tombstones, changes and likes are told apart, and every record is counted once") func kinds()
  {
    let batch = batch(records)
    #expect(
      batch.tweets == [
        TweetFacts(id: 5, at: 10, author: 1, replyTo: 2, protection: .protected),
        TweetFacts(id: 6, at: 11, author: 1, replyTo: TweetFacts.someone, protection: .open),
        TweetFacts(id: 7, at: 12, author: 2, original: 5, originalAuthor: 1),
      ])
    #expect(batch.deletes == [5] && batch.userDeletes == [2])
    #expect(batch.relations.changes == [RelationChange(.block, 1, 2, at: 15, isOn: true)])
    #expect(
      batch.likes == [
        LikeChange(user: 1, tweet: 7, at: 14, isOn: true),
        LikeChange(user: 1, tweet: 7, at: LikeChange.oldest, isOn: false),
      ])
    let ledger = batch.relations.ledger
    #expect(ledger.read == 13 && ledger.rejected == 3 && ledger.filtered == 2)
    #expect(batch.relations.rejects.map(\.rejection.reason) == [.badID, .unknownShape, .badJSON])
  }

  @Test("a reply, a quote and a mention concern someone; the mentions of a retweet are another's")
  func engagements() {
    let list = batch(records).engagements
    #expect(
      list == [
        Engagement(.reply, actor: 1, recipient: 2, tweet: 5, target: 3, at: 10, isProtected: true),
        Engagement(.quote, actor: 1, recipient: 6, tweet: 5, target: 9, at: 10, isProtected: true),
        Engagement(.mention, actor: 1, recipient: 4, tweet: 5, target: 0, at: 10, isProtected: true),
        Engagement(.reply, actor: 1, recipient: 0, tweet: 6, target: 3, at: 11),
        Engagement(.retweet, actor: 2, recipient: 1, tweet: 7, target: 5, at: 12),
      ])
    let without = batch(records, wantsEngagements: false)
    #expect(without.engagements.isEmpty && without.likes.isEmpty && without.relations.ledger.filtered == 4)
  }

  @Test("names are those of authors, of the mentioned and of those replied to") func names() {
    let batch = batch(records)
    let names = batch.names.entries.map { ($0.user, batch.names.bytes($0).text, $0.at) }
    #expect(names.map(\.0) == [1, 4, 2, 4] && names.map(\.1) == ["ann", "dan", "bob", "dan"])
    #expect(names.map(\.2) == [10, 10, 10, 12])
  }
}
