import Foundation
import TestSupport
import Testing

/// Every shape through the whole program, with fixtures of our own.
@Suite struct ShapeTests {
  private func run(_ input: String, _ words: [String] = []) throws -> IngestRun? {
    guard let program = IngestRun.program else { return nil }
    return try IngestRun(Data(input.utf8), words, program: program)
  }

  static let page = """
    {"data":[{"id":"1440717170493689866","created_at":"2021-09-22T16:38:35.000Z","author_id":"1","text":"RT @b: long …",\
    "referenced_tweets":[{"type":"retweeted","id":"1440691114135080963"}],"public_metrics":{"retweet_count":20,\
    "reply_count":0,"like_count":0,"quote_count":0}},{"id":"1440717170493689867","author_id":"2","text":"so true",\
    "created_at":"2021-09-22T16:38:35.000Z","in_reply_to_user_id":"1","referenced_tweets":[{"type":"quoted",\
    "id":"1440691114135080963"},{"type":"replied_to","id":"1440691114135080000"}],"geo":{"place_id":"p1"},\
    "attachments":{"media_keys":["3_1"]},"source":"Web"},{"id":"x","text":"bad"}],"includes":{"users":[\
    {"id":"1","username":"ann","name":"Ann","verified":true,"public_metrics":{"followers_count":3,"following_count":4,\
    "tweet_count":5}},{"id":"2","username":"bob"}],"tweets":[{"id":"1440691114135080963","author_id":"2",\
    "created_at":"2021-09-22T14:55:02.000Z","lang":"en","text":"long &amp; whole #Tag","entities":{"hashtags":[\
    {"start":1,"end":2,"tag":"Tag"}]}}],"media":[{"media_key":"3_1","type":"photo","url":"https://p/1.jpg"}],\
    "places":[{"id":"p1","full_name":"Kiel, Germany","country_code":"DE"}]}}
    """

  @Test("a v2 page is joined with its includes, and each refused element is rejected with its own bytes")
  func pages() throws {
    guard let run = try run(Self.page) else { return }
    #expect(
      run.output == [
        #"{"type":"tweet","id":"1440717170493689866","created_at":"2021-09-22T16:38:35.000Z","user":{"id":"1","username":"ann","name":"Ann","followers":3,"following":4,"tweets":5,"verified":true},"text":"long & whole #Tag","lang":"en","hashtags":["Tag"],"retweet_of":{"id":"1440691114135080963","user":{"id":"2","username":"bob"},"created_at":"2021-09-22T14:55:02.000Z"},"counts":{"likes":0,"retweets":20,"replies":0,"quotes":0}}"#,
        #"{"type":"tweet","id":"1440717170493689867","created_at":"2021-09-22T16:38:35.000Z","user":{"id":"2","username":"bob"},"text":"so true","media":[{"type":"photo","url":"https://p/1.jpg"}],"reply_to":{"tweet":"1440691114135080000","user":"1","username":"ann"},"quote_of":{"id":"1440691114135080963","user":{"id":"2","username":"bob"},"created_at":"2021-09-22T14:55:02.000Z","text":"long & whole #Tag"},"geo":{"place":"Kiel, Germany","place_id":"p1","country":"DE"},"source":"Web"}"#,
      ])
    #expect(run.reasons == ["bad-id"])
    #expect(run.rejects.first?["raw"] as? String == #"{"id":"x","text":"bad"}"#)
    #expect(run.count("read") == 3)
  }

  @Test("expand takes each embedded tweet out once")
  func expand() throws {
    guard let run = try run(Self.page, ["--expand", "--dedupe", "off"]) else { return }
    #expect(run.count("expanded") == 2)
    #expect(run.count("duplicate") == 1)
    #expect(run.records.filter { $0["id"] as? String == "1440691114135080963" }.count == 1)
    #expect(run.ledger["balanced"] as? Bool == true)
  }

  @Test("flattened v2, streamed v2 and pages of errors are told apart")
  func otherV2() throws {
    let flat = """
      {"id":"1440717170493689867","text":"hi","created_at":"2021-09-22T16:38:35.000Z","author_id":"2","author":\
      {"id":"2","username":"bob"},"in_reply_to_user_id":"1","in_reply_to_user":{"id":"1","username":"ann"},\
      "referenced_tweets":[{"type":"replied_to","id":"5"}],"geo":{"id":"p","full_name":"Kiel","country_code":"DE",\
      "coordinates":{"type":"Point","coordinates":[10.1,54.3]}}}
      """
    let stream = """
      {"data":{"id":"1440717170493689868","text":"a","created_at":"2021-09-22T16:38:35.000Z"},\
      "matching_rules":[{"id":"1"}]}
      """
    guard let run = try run(flat + "\n" + stream + "\n" + #"{"errors":[{"title":"x"}],"meta":{}}"#) else {
      return
    }
    #expect(run.output.count == 2)
    #expect(run.output.first?.contains(#""reply_to":{"tweet":"5","user":"1","username":"ann"}"#) == true)
    #expect(run.output.first?.contains(#""geo":{"lon":10.1,"lat":54.3,"place":"Kiel","#) == true)
    #expect(run.count("filtered") == 1)
  }

  @Test("a GNIP share takes its text from its object")
  func gnip() throws {
    let activity = """
      {"id":"tag:search.twitter.com,2005:495","objectType":"activity","verb":"share","postedTime":"2014-07-31T22:18:55.000Z",\
      "actor":{"objectType":"person","id":"id:twitter.com:7","preferredUsername":"ann","displayName":"Ann",\
      "followersCount":3},"body":"RT @bob: who","object":{"id":"tag:search.twitter.com,2005:494","verb":"post",\
      "postedTime":"2014-07-31T20:18:55.000Z","actor":{"id":"id:twitter.com:8","preferredUsername":"bob"},"body":"short",\
      "long_object":{"body":"whole &lt;3 text","twitter_entities":{"hashtags":[{"text":"x"}]}}},"retweetCount":2,\
      "favoritesCount":1,"generator":{"displayName":"Web"},"geo":{"type":"Point","coordinates":[54.3,10.1]}}
      """
    guard let run = try run(activity) else { return }
    #expect(
      run.output == [
        #"{"type":"tweet","id":"495","created_at":"2014-07-31T22:18:55.000Z","user":{"id":"7","username":"ann","name":"Ann","followers":3},"text":"whole <3 text","hashtags":["x"],"retweet_of":{"id":"494","user":{"id":"8","username":"bob"},"created_at":"2014-07-31T20:18:55.000Z"},"geo":{"lon":10.1,"lat":54.3},"counts":{"likes":1,"retweets":2},"source":"Web"}"#
      ])
  }

  @Test("tables are read by their header, quotes and newlines in fields included")
  func tables() throws {
    let table = """
      tweet_id,date,username,content,likes,unused
      11,2018-08-29 20:21:02,@ann,"two
      lines, ""quoted"" #tag",3,x
      12,1535574062,bob,plain,,y
      13,2018-08-29,bob,too,few
      ,2018-08-29,bob,no id,1,z
      """
    guard let run = try run(table) else { return }
    #expect(
      run.output == [
        #"{"type":"tweet","id":"11","created_at":"2018-08-29T20:21:02.000Z","user":{"username":"ann"},"text":"two\nlines, \"quoted\" #tag","hashtags":["tag"],"counts":{"likes":3}}"#,
        #"{"type":"tweet","id":"12","created_at":"2018-08-29T20:21:02.000Z","user":{"username":"bob"},"text":"plain"}"#,
      ])
    #expect(run.reasons == ["bad-json", "missing-id"])
    #expect(run.rejects.last?["line"] as? Int == 6)
    let mapped = try self.run(
      "a\tb\tc\n11\t2018-08-29\thi \"there\n", ["--csv-map", "id=a,created_at=b,text=c"])
    #expect(mapped?.output.first?.contains(#""text":"hi \"there""#) == true)
  }

  @Test("edges become follow events")
  func edges() throws {
    guard
      let run = try run(
        "# graph\n1 2\n3\t4\n5,6\nx 7\n8\n9 10 2021-06-20T21:00:00Z\n9 11 1\n", ["--as", "edges"])
    else { return }
    #expect(run.output.first == #"{"type":"follow","user":"1","target":"2"}"#)
    #expect(run.output.last == #"{"type":"follow","user":"9","target":"10","at":"2021-06-20T21:00:00.000Z"}"#)
    #expect(run.count("written") == 4)
    #expect(run.reasons == ["bad-id", "missing-id", "bad-time"])
  }

  @Test("an account archive's owner is given to its tweets, wherever the owner's file stands")
  func archives() throws {
    guard let program = IngestRun.program else { return }
    let folder = TemporaryDirectory()
    let data = folder.file("data")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: data + "/" + name))
    }
    try write(
      "tweets.js",
      "window.YTD.tweets.part0 = [ { \"tweet\" : \(IngestRun.tweet("11", "hi", ",\"favorite_count\":\"3\"")) } ]"
    )
    try write("zz", "not a tweet")
    try write("like.js", "window.YTD.like.part0 = [ { \"like\" : {} } ]")
    let owner = #"window.YTD.account.part0 = [ { "account" : { "accountId" : "7", "username" : "ann" } } ]"#
    try write("account.js", owner)
    let run = try IngestRun(Data(), [folder.path], program: program)
    #expect(run.output.count == 1)
    #expect(run.output.first?.contains(#""user":{"id":"7","username":"ann"}"#) == true)
    #expect(run.output.first?.contains(#""counts":{"likes":3}"#) == true)
    #expect(run.reasons.isEmpty)
    #expect(run.count("skipped_members") == 3)
  }

  @Test("stream notices become events or are filtered")
  func notices() throws {
    let lines = """
      {"delete":{"status":{"id_str":"5","user_id_str":"6"},"timestamp_ms":"1535574100000"}}
      {"scrub_geo":{"user_id_str":"6","up_to_status_id_str":"9"}}
      {"limit":{"track":1}}
      {"status_withheld":{"id":1,"user_id":2,"withheld_in_countries":["DE"]}}
      {"user_withheld":{"id":1}}
      {"disconnect":{"code":4}}
      {"warning":{"code":"x"}}
      """
    guard let run = try run(lines) else { return }
    #expect(
      run.output == [
        #"{"type":"delete","id":"5","user":"6","at":"2018-08-29T20:21:40.000Z"}"#,
        #"{"type":"scrub_geo","user":"6","up_to":"9"}"#,
      ])
    #expect(run.count("filtered") == 5)
  }
}
