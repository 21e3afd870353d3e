import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct ConversationTests {
  static func reply(_ id: UInt64, to parent: UInt64, in conversation: UInt64? = nil) -> String {
    let more = conversation.map { ",\"conversation_id\":\"\($0)\"" } ?? ""
    return IndexLab.tweet(id, "t\(id)", "\"reply_to\":{\"tweet\":\"\(parent)\"}\(more)")
  }

  static func tree(_ nodes: [ThreadNode]) -> [String] {
    nodes.map { node in
      let mark =
        switch node.content {
        case .tweet: ""
        case .deleted: " deleted"
        case .missing: " missing"
        }
      return String(repeating: " ", count: node.depth) + "\(node.id)" + mark
    }
  }

  @Test(
    "a conversation is the same tree from wherever it is asked for, with gaps for what is deleted or missing")
  func gaps() throws {
    let folder = TemporaryDirectory()
    let lines = [
      IndexLab.tweet(100, "beginning"), Self.reply(101, to: 100), Self.reply(102, to: 100),
      Self.reply(103, to: 101),
      Self.reply(105, to: 104), Self.reply(106, to: 103), IndexLab.tweet(200, "other"),
      Self.reply(301, to: 300, in: 300), Self.reply(303, to: 302, in: 300),
    ]
    try IndexLab.build(folder.file("i"), lines, every: 3)
    try IndexLab.build(folder.file("i"), ["{\"type\":\"delete\",\"id\":\"103\"}"])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    for id in [100, 101, 102] as [UInt64] {
      // What only the deleted tweet tied to the conversation is a conversation of its own.
      #expect(Self.tree(try searcher.thread(id)) == ["100", " 101", " 102"])
    }
    #expect(Self.tree(try searcher.thread(106)) == ["103 deleted", " 106"])
    #expect(Self.tree(try searcher.thread(103)) == ["103 deleted", " 106"])
    #expect(Self.tree(try searcher.thread(105)) == ["104 missing", " 105"])
    #expect(Self.tree(try searcher.thread(303)) == ["300 missing", " 301", " 302 missing", "  303"])
    #expect(Self.tree(try searcher.thread(200)) == ["200"])
    #expect(try searcher.thread(999).isEmpty)
  }

  @Test("replies that run in a circle end") func circle() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"),
      [Self.reply(1, to: 3), Self.reply(2, to: 1), Self.reply(3, to: 2), Self.reply(4, to: 4)])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    #expect(Self.tree(try searcher.thread(2)) == ["1", " 2", "  3"])
    #expect(Self.tree(try searcher.thread(4)) == ["4"])
  }
}
