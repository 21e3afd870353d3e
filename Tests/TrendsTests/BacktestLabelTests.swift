import Bytes
import Foundation
import TestSupport
import Testing

@testable import Trends

@Suite struct BacktestLabelTests {
  static func read(_ text: String) throws -> [BacktestLabel] {
    var bytes = ByteBuffer()
    bytes.append(string: text)
    return try BacktestLabels.read(bytes)
  }

  static let times =
    #""start":"2022-05-09T10:36:00.000Z","peak":"2022-05-09T11:06:00.000Z","end":"2022-05-09T11:36:00.000Z""#

  @Test("a label's term is folded as a row's is") func folding() throws {
    let terms = try Self.read(
      [
        "hashtag\",\"term\":\"#Café", "cashtag\",\"term\":\"$FNYA", "phrase\",\"term\":\"Two Words",
        "url\",\"term\":\"url:A.b/C",
      ]
      .map {
        ##"{"type":"burst","kind":""## + $0 + ##"","place":"world","tweets":1,"## + Self.times + "}\n"
      }.joined())
    #expect(
      terms.map { String(decoding: $0.term, as: UTF8.self) } == ["#cafe", "$fnya", "two words", "url:a.b/c"])
    #expect(terms[0].end - terms[0].start == 3_600_000 && terms[0].peak - terms[0].start == 1_800_000)
  }

  @Test("the truth of the samples holds eleven bursts, and one that is spam") func samples() throws {
    let labels = try Self.read(
      String(contentsOfFile: ToolRunner.root + "/samples/truth.ndjson", encoding: .utf8))
    #expect(labels.count { $0.decoy == nil } == 11)
    #expect(labels.compactMap(\.decoy) == ["spam"])
  }

  @Test(
    "what is no label is told with its line",
    arguments: [
      ("{", "no valid JSON"), ("[1]", "\"type\""), ("{\"type\":1}", "\"type\""),
      (##"{"type":"burst"}"##, "\"kind\""), (##"{"type":"burst","kind":"hashtag"}"##, "\"term\""),
      (##"{"type":"burst","kind":"hashtag","term":"#a","place":"lang:de"}"##, "\"place\""),
      (##"{"type":"decoy","kind":"hashtag","term":"#a","place":"world"}"##, "\"start\""),
      (
        ##"{"type":"burst","kind":"hashtag","term":"#a","place":"world","start":"2022-05-09","end":"2022-05-08"}"##,
        "behind it"
      ),
      (##"{"type":"burst","kind":"hashtag","term":"#a","place":"world","## + times + "}", "\"tweets\""),
    ]) func bad(line: String, words: String) throws
  {
    #expect {
      try Self.read("{\"type\":\"ledger\"}\n\n" + line + "\n")
    } throws: { error in
      guard let error = error as? BacktestLabelError else { return false }
      return error.line == 3 && error.reason.contains(words)
    }
  }
}
