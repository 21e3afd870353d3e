import Testing

@testable import Pipelines

@Suite struct ToolSignatureTests {
  static let text = """
    operands\treads
    gate\tyes
    option\toutput\to\tone\twrites
    option\tgraph\t\tmany\treads
    option\tseen\t\tone\tupdates
    option\tquiet\tq\tnone\tplain
    option\tthreads\t\tone\tplain
    something\tnewer

    """

  @Test("options of every form give their files") func accesses() throws {
    let signature = try #require(ToolSignature(parsing: Self.text))
    #expect(signature.asksGate)
    let words = [
      "tool", "-o", "a", "--output=b", "-oc", "--graph", "d", "e", "-q", "--threads", "4", "f", "-", "--seen",
      "g",
      "--unknown", "--", "-h",
    ]
    let found = signature.accesses(in: words).map { "\($0.path) \($0.role) \($0.word) \($0.prefix)" }
    #expect(
      found == [
        "a writes 2 0", "b writes 3 9", "c writes 4 2", "d reads 6 0", "e reads 7 0", "f reads 11 0",
        "g updates 14 0",
        "-h reads 17 0",
      ])
  }

  @Test(
    "a malformed description is none", arguments: ["operands\tx", "option\ta\tb", "option\ta\t\tone\tbad"])
  func malformed(text: String) {
    #expect(ToolSignature(parsing: text) == nil)
  }
}
