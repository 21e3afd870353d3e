import Foundation
import TestSupport
import Testing

@testable import QueryGrammar

@Suite struct GrammarPageTests {
  static let page = try? String(
    contentsOfFile: ToolRunner.root + "/Sources/QueryGrammar/QueryGrammar.docc/Grammar.md", encoding: .utf8)

  @Test("every operator and property stands on the page of the grammar") func complete() throws {
    let page = try #require(Self.page).lowercased()
    for name in OperatorTable.names + OperatorTable.refused.flatMap(\.names)
    where !["has", "is", "filter"].contains(name) {
      #expect(page.contains("`\(name):"), "\(name):")
    }
    for name in OperatorTable.propertyNames { #expect(page.contains("`\(name)`"), "\(name)") }
    for name in OperatorTable.refusedProperties.flatMap(\.names) {
      #expect(page.contains(":\(name)`"), "\(name)")
    }
  }

  @Test("every operator on the page is known") func known() throws {
    for match in try #require(Self.page).matches(of: /`-?([a-zA-Z_]+):[^:`]*`/) {
      let name = match.1.lowercased()
      #expect(OperatorTable.kinds[name] != nil, "\(match.0)")
    }
  }
}
