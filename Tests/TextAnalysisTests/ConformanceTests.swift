import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// twitter-text's own suites. Absent files are named and skipped.
@Suite struct ConformanceTests {
  private func cases(_ file: String) throws -> PlainYAML? {
    guard let path = SharedFiles.path("conformance/" + file) else { return nil }
    return try PlainYAML(path: path)["tests"]
  }

  @Test("every case of extract.yml gives what twitter-text expects") func extract() throws {
    guard let tests = try cases("extract.yml") else { return }
    var count = 0
    for section in tests.keys {
      for item in tests[section].items {
        count += 1
        let text = item["text"].text ?? ""
        let found = found(section, text)
        #expect(found == expected(section, item["expected"]), "\(section): \(item["description"].text ?? "")")
      }
    }
    #expect(count == 238)
  }

  /// What a section lists, as lines of text.
  private func found(_ section: String, _ text: String) -> [String] {
    var extractor = EntityExtractor()
    let bytes = Array(text.utf8)
    if section == "replies" {
      return extractor.replyTarget(of: bytes.span).map { [String(decoding: bytes[$0], as: UTF8.self)] } ?? []
    }
    let kinds: EntityKinds =
      section.contains("mentions")
      ? .mentions
      : section.contains("cashtags")
        ? .cashtags
        : section.contains("hashtags") ? [.hashtags, .urls] : .urls
    var list = EntityList()
    extractor.extract(bytes.span, kinds: kinds, into: &list)
    var out: [String] = []
    for entity in list.entities {
      if section.contains("hashtags") && entity.kind != .hashtag { continue }
      if section.hasPrefix("mentions_with") && entity.kind != .mention { continue }
      let part = entity.kind == .url ? entity.range : entity.name
      var line = String(decoding: bytes[part], as: UTF8.self)
      if section.contains("lists") { line += "|" + String(decoding: bytes[entity.slug], as: UTF8.self) }
      if hasIndices(section) {
        let start = TextIndex.codePoint(ofByte: entity.range.lowerBound, in: bytes.span)
        line += "|\(start)-\(TextIndex.codePoint(ofByte: entity.range.upperBound, in: bytes.span))"
      }
      out.append(line)
    }
    return out
  }

  private func hasIndices(_ section: String) -> Bool {
    section.contains("indices") || section.contains("directional")
  }

  private func expected(_ section: String, _ value: PlainYAML) -> [String] {
    if let text = value.text { return [text] }
    return value.items.map { item in
      if let text = item.text { return text }
      var line = ""
      for key in ["screen_name", "url", "hashtag", "cashtag"] { line += item[key].text ?? "" }
      if section.contains("lists") { line += "|" + (item["list_slug"].text ?? "") }
      let ends = item["indices"].items.compactMap { $0.text }.joined().split(separator: ",")
      return line + "|"
        + ends.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " []")) }
        .joined(separator: "-")
    }
  }

  @Test("every top-level domain of tlds.yml ends a link") func topLevelDomains() throws {
    guard let tests = try cases("tlds.yml") else { return }
    var count = 0
    for section in tests.keys {
      for item in tests[section].items {
        count += 1
        #expect(found("urls", item["text"].text ?? "") == item["expected"].items.compactMap { $0.text })
      }
    }
    #expect(count == TopLevelDomains.count)
  }

  @Test("every case of validate.yml is judged as twitter-text does") func validate() throws {
    guard let tests = try cases("validate.yml") else { return }
    var validator = TextValidator()
    var count = 0
    for section in tests.keys {
      for item in tests[section].items {
        count += 1
        let bytes = Array((item["text"].text ?? "").utf8)
        let name: Comment = "\(section): \(item["description"].text ?? "")"
        let expected = item["expected"]
        switch section {
        case "tweets":
          #expect(validator.isValidTweet(bytes.span, rules: .v1) == (expected.text == "true"), name)
        case "usernames": #expect(validator.isValidUsername(bytes.span) == (expected.text == "true"), name)
        case "lists": #expect(validator.isValidList(bytes.span) == (expected.text == "true"), name)
        case "hashtags": #expect(validator.isValidHashtag(bytes.span) == (expected.text == "true"), name)
        case "urls": #expect(validator.isValidURL(bytes.span) == (expected.text == "true"), name)
        case "urls_without_protocol":
          #expect(validator.isValidURL(bytes.span, requiresScheme: false) == (expected.text == "true"), name)
        default:
          let rules: LengthRules = section.contains("Emoji") ? .v3 : .v2
          let length = validator.length(of: bytes.span, rules: rules)
          #expect(lines(length) == lines(expected), name)
        }
      }
    }
    #expect(count == 97)
  }

  private func lines(_ length: TextLength) -> [String] {
    [
      "\(length.weighted)", "\(length.isValid)", "\(length.permillage)", "0", "\(length.displayEnd)", "0",
      "\(length.validEnd)",
    ]
  }

  private func lines(_ value: PlainYAML) -> [String] {
    [
      "weightedLength", "valid", "permillage", "displayRangeStart", "displayRangeEnd", "validRangeStart",
      "validRangeEnd",
    ].map { value[$0].text ?? "missing" }
  }
}
