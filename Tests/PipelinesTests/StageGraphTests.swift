import Testing

@testable import Pipelines

@Suite struct StageGraphTests {
  @Test(
    "paths are compared without their detours",
    arguments: [
      ("a/b", "a/b"), ("./a//b/", "a/b"), ("a/./b/../c", "a/c"), ("/a/../../b", "/b"), ("../a", "../a"),
      ("../../a/..", "../.."), ("/", "/"), (".", ""),
    ]) func normal(path: String, expected: String)
  {
    #expect(StageGraph.normal(path) == expected)
  }

  @Test("groups are pipes; files order them") func groups() throws {
    let plan = try PlanFixture.plan(
      """
      pipeline: x
      stages:
        late: { run: cat, in: o/t }
        a: { run: echo }
        b: { run: cat, from: a }
        c: { run: cat, from: b, to: o/t }
        d: { run: cat, from: a }
      """)
    #expect(plan.groups == [[1, 2, 3, 4], [0]])
    #expect(plan.stages[0].after == [3])
  }

  @Test("cycles are found and begin at their first stage") func cycles() {
    #expect(StageGraph.cycle([[1], [2], [0]]) == [0, 1, 2])
    #expect(StageGraph.cycle([[], [0], [3], [2]]) == [2, 3])
    #expect(StageGraph.cycle([[], [0], [0, 1]]) == nil)
    #expect(StageGraph.order([[2], [], [1]]) == [1, 2, 0])
  }

  @Test("the drawings name every stage and edge") func drawings() throws {
    let plan = try PlanFixture.plan(
      """
      pipeline: x
      stages:
        a: { run: echo '<&"' }
        b: { run: cat, from: a, to: o/t }
        c: { run: cat, in: o/t }
      """)
    #expect(
      GraphDrawing.ascii(plan)
        == "x\n|-- a: echo '<&\"'\n|   `-- b: cat  > o/t\n`-- c: cat  < o/t  (after b)\n")
    #expect(GraphDrawing.mermaid(plan).contains("s0 --> s1\n  s1 -.-> s2"))
    #expect(GraphDrawing.dot(plan).contains("\"b\" -> \"c\" [style=dashed];"))
    #expect(GraphDrawing.svg(plan).contains("<title>echo '&lt;&amp;&quot;'</title>"))
  }
}
