import Bytes
import Foundation
import Records
import TestSupport
import Testing

@Suite struct TrendFileTests {
  static let hour: Int64 = 3_600_000

  static func row(_ end: Int64, _ place: String, _ term: String) -> String {
    let times = [end - 1, end, end - 1].map { Timestamp.text($0 * hour) }
    return
      "{\"type\":\"trend\",\"window_start\":\"\(times[0])\",\"window_end\":\"\(times[1])\",\"place\":\"\(place)\",\"kind\":\"hashtag\",\"term\":\"\(term)\",\"rank\":1,\"count\":7,\"users\":6,\"expected\":0.5,\"p\":1e-9,\"score\":20.5,\"velocity\":-2,\"stage\":\"new\",\"onset\":\"\(times[2])\"}"
  }

  static func terms(_ text: String, at time: Int64?, place: String = "world") throws -> [String] {
    let folder = TemporaryDirectory()
    try text.write(toFile: folder.file("t"), atomically: false, encoding: .utf8)
    var file = try TrendFile(folder.file("t"))
    guard let window = try file.window(endingBy: time.map { $0 * hour }) else { return [] }
    return try file.rows(in: window) { $0.place == Array(place.utf8) }.map {
      String(decoding: $0.record.term, as: UTF8.self)
    }
  }

  @Test("every window of files of many shapes is what a scan finds", arguments: 0..<60) func windows(
    seed: UInt64
  )
    throws
  {
    var random = SeededGenerator(seed: seed)
    var lines: [(end: Int64, place: String, term: String)] = []
    var end: Int64 = 0
    var text = ""
    for number in 0..<Int.random(in: 0...30, using: &random) {
      end += Int64([0, 0, 0, 1, 1, 5].randomElement(using: &random) ?? 0)
      let place = Bool.random(using: &random) ? "world" : "lang:de"
      let term = String(repeating: "x", count: Int.random(in: 0..<300, using: &random)) + "\(number)"
      lines.append((end, place, term))
      text += Self.row(end, place, term) + ["\n", "\n", "\n\n", "\r\n"].randomElement(using: &random)!
    }
    if Bool.random(using: &random) && text.hasSuffix("\n") { text.removeLast() }
    for time in [nil] + (-2...end + 2).map(Optional.some) {
      let wanted = lines.map(\.end).filter { $0 <= time ?? .max }.max()
      for place in ["world", "lang:de"] {
        let expected = lines.filter { $0.end == wanted && $0.place == place }.map(\.term)
        #expect(try Self.terms(text, at: time, place: place) == expected)
      }
    }
  }

  @Test(
    "a line that is no trend record is told with its offset",
    arguments: ["{", "{\"type\":\"tweet\"}", "[]", "7"])
  func fault(line: String) throws {
    let good = Self.row(1, "world", "a") + "\n"
    #expect {
      try Self.terms(good + line + "\n", at: nil)
    } throws: {
      ($0 as? TrendFile.Fault)?.offset == good.utf8.count
    }
  }

  @Test("rows out of order are told, where halving meets them") func disorder() {
    let text = [5, 6, 7, 2].map { Self.row($0, "world", "a") + "\n" }.joined()
    #expect(throws: TrendFile.Fault.self) { try Self.terms(text, at: 7) }
  }

  @Test("no truncation of a file traps") func truncations() throws {
    let text = Array((Self.row(1, "world", "a") + "\n" + Self.row(2, "world", "b") + "\n").utf8)
    for count in 0..<text.count {
      let part = String(decoding: text[..<count], as: UTF8.self)
      _ = try? Self.terms(part, at: nil)
      _ = try? Self.terms(part, at: 1)
    }
  }
}
