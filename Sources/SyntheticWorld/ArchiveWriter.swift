internal import Bytes

/// Writes one account's tweets as its owner downloads them: `data/tweets.js` and `data/account.js`, where every number
/// is a string and the owner stands only in the account file. And any tweets as a table.
struct ArchiveWriter: ~Copyable {
  private let people: Population
  private let grammar: TextGrammar
  private var text = Composition()
  private var original = Composition()

  init(people: Population, grammar: TextGrammar) {
    self.people = people
    self.grammar = grammar
  }

  /// The members of the zip.
  mutating func members(_ owner: Int32, _ plans: [TweetPlan]) -> [(name: String, bytes: [UInt8])] {
    let account = people.accounts[Int(owner)]
    var out = ByteBuffer()
    out.append(
      "window.YTD.account.part0 = [\n  {\n    \"account\" : {\n      \"email\" : \"owner@example.com\",\n")
    out.append("      \"createdVia\" : \"web\",\n      \"username\" : \"")
    out.append(account.username)
    out.append("\",\n      \"accountId\" : \"")
    out.append(decimal: account.id)
    out.append("\",\n      \"createdAt\" : \"")
    WorldTime.appendISO(account.created, to: &out)
    out.append("\",\n      \"accountDisplayName\" : \"")
    out.append(account.name)
    out.append("\"\n    }\n  }\n]\n")
    let accountFile = out.span.array
    out.removeAll()
    out.append("window.YTD.tweets.part0 = [")
    for (index, plan) in plans.enumerated() {
      out.append(index == 0 ? "\n  {\n    \"tweet\" : {\n" : ",\n  {\n    \"tweet\" : {\n")
      tweet(plan, into: &out)
      out.append("    }\n  }")
    }
    out.append("\n]\n")
    return [("data/account.js", accountFile), ("data/tweets.js", out.span.array)]
  }

  private mutating func tweet(_ plan: TweetPlan, into out: inout ByteBuffer) {
    let core = plan.core
    grammar.compose(plan, people, into: &text, original: &original)
    out.append("      \"retweeted\" : false,\n      \"entities\" : {\n        \"hashtags\" : [")
    entities(.hashtag, into: &out)
    out.append("],\n        \"symbols\" : [")
    entities(.cashtag, into: &out)
    out.append("],\n        \"user_mentions\" : [")
    entities(.mention, into: &out)
    out.append("],\n        \"urls\" : [")
    entities(.url, into: &out)
    out.append("]\n      },\n      \"source\" : \"")
    out.append(StatusWriter.app(core))
    out.append("\",\n      \"display_text_range\" : [\"0\", \"")
    out.append(decimal: UInt64(text.codePoints))
    out.append("\"],\n      \"favorite_count\" : \"")
    out.append(decimal: UInt64(core.likes))
    out.append("\",\n      \"retweet_count\" : \"")
    out.append(decimal: UInt64(core.retweets))
    out.append("\",\n      \"id_str\" : \"")
    out.append(decimal: core.id)
    out.append("\",\n      \"id\" : \"")
    out.append(decimal: core.id)
    out.append("\",\n      \"truncated\" : false,\n      \"created_at\" : \"")
    WorldTime.appendClassic(core.time, to: &out)
    if core.replyAuthor >= 0 {
      let parent = people.accounts[Int(core.replyAuthor)]
      out.append("\",\n      \"in_reply_to_status_id_str\" : \"")
      out.append(decimal: core.replyTo)
      out.append("\",\n      \"in_reply_to_user_id_str\" : \"")
      out.append(decimal: parent.id)
      out.append("\",\n      \"in_reply_to_screen_name\" : \"")
      out.append(parent.username)
    }
    out.append("\",\n      \"favorited\" : false,\n      \"full_text\" : \"")
    out.append(escaped: text.text.span)
    out.append("\",\n      \"lang\" : \"")
    out.append(core.language.code)
    out.append("\"\n")
  }

  private func entities(_ kind: TextEntity.Kind, into out: inout ByteBuffer) {
    var isFirst = true
    for entity in text.entities where entity.kind == kind {
      out.append(isFirst ? "{" : ", {")
      isFirst = false
      let words = text.text.span.extracting(entity.bytes)
      switch kind {
      case .hashtag, .cashtag:
        out.append("\"text\" : \"")
        out.append(escaped: words)
      case .mention:
        out.append("\"name\" : \"\", \"screen_name\" : \"")
        out.append(words)
        out.append("\", \"id_str\" : \"")
        out.append(decimal: people.accounts[Int(entity.reference)].id)
      case .url, .media:
        out.append("\"url\" : \"")
        out.append(words)
        out.append("\", \"expanded_url\" : \"")
        Links.appendLong(entity.reference, to: &out)
      }
      out.append("\", \"indices\" : [\"")
      out.append(decimal: UInt64(entity.start))
      out.append("\", \"")
      out.append(decimal: UInt64(entity.end))
      out.append("\"]}")
    }
  }

  /// A table with a header, as scrapers leave them: quoted where it must be, texts with line breaks.
  mutating func table(_ plans: [TweetPlan], into out: inout ByteBuffer) {
    out.append("tweet_id,created_at,username,content,language,likes,retweets\r\n")
    for plan in plans {
      grammar.compose(plan, people, into: &text, original: &original)
      out.append(decimal: plan.core.id)
      out.append(",")
      WorldTime.appendISO(plan.core.time, to: &out)
      out.append(",")
      out.append(people.accounts[Int(plan.core.author)].username)
      out.append(",\"")
      quoted(into: &out)
      out.append("\",")
      out.append(plan.core.language.code)
      out.append(",")
      out.append(decimal: UInt64(plan.core.likes))
      out.append(",")
      out.append(decimal: UInt64(plan.core.retweets))
      out.append("\r\n")
    }
  }

  // A quote is doubled.
  private func quoted(into out: inout ByteBuffer) {
    let content = text.text.span
    for index in content.indices {
      if content[index] == UInt8(ascii: "\"") { out.append("\"") }
      out.append(content[index])
    }
  }
}
