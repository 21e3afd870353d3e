import Testing

@testable import Pipelines

/// Files that are no pipelines, and what is said of them. Every case names line and column.
@Suite struct BadPipelineTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var yaml: String
    var faults: [String]
    var testDescription: String { name }

    init(_ name: String, _ yaml: String, _ faults: String...) {
      self.name = name
      self.yaml = yaml
      self.faults = faults
    }
  }

  static let cases: [Case] = [
    Case("empty file", "", "p.yaml:1:1: expected pipeline:, found an empty file"),
    Case("only a comment", "# nothing\n", "p.yaml:1:1: expected pipeline:, found an empty file"),
    Case("a list", "- a\n", "p.yaml:1:1: expected a map with pipeline, vars and stages, found a list"),
    Case("a text", "hello\n", "p.yaml:1:1: expected a map with pipeline, vars and stages, found \"hello\""),
    Case(
      "no stages", "pipeline: x\n", "p.yaml:1:1: expected the key stages, found none"),
    Case(
      "empty stages", "pipeline: x\nstages: {}\n", "p.yaml:2:9: expected at least one stage, found none"),
    Case(
      "stages with nothing", "pipeline: x\nstages:\n", "p.yaml:2:8: expected a map of stages, found nothing"),
    Case(
      "unknown top key", "pipeline: x\nstage: {}\nstages: { a: { run: true } }\n",
      "p.yaml:2:1: expected one of pipeline, vars, stages, found \"stage\"; did you mean stages?"),
    Case(
      "unknown stage key", "pipeline: x\nstages:\n  a: { run: true, form: b }\n",
      "p.yaml:3:19: expected one of run, from, in, to, reads, writes, ok, env, found \"form\"; did you mean from?"
    ),
    Case(
      "planned key", "pipeline: x\nstages:\n  a: { run: true, retries: 3 }\n",
      "p.yaml:3:19: expected a key of this version (run, from, in, to, reads, writes, ok, env), found retries; "
        + "retries is not supported yet"),
    Case(
      "duplicate stage", "pipeline: x\nstages:\n  a: { run: true }\n  a: { run: true }\n",
      "p.yaml:4:3: expected each key once, found \"a\" again; it was given in line 3"),
    Case(
      "merge key", "pipeline: x\nstages:\n  a: { run: true, <<: { to: x } }\n",
      "p.yaml:3:19: expected one of run, from, in, to, reads, writes, ok, env, found \"<<\""),
    Case(
      "alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
      "p.yaml:1:4: expected a value, found the anchor &a; "
        + "anchors and aliases are not supported: write the value out, or use vars"),
    Case(
      "self alias", "pipeline: *x\n",
      "p.yaml:1:11: expected a value, found the alias *x; "
        + "anchors and aliases are not supported: write the value out, or use vars"),
    Case(
      "tag", "pipeline: !!binary aGk=\n",
      "p.yaml:1:11: expected a value without a tag, found \"tag:yaml.org,2002:binary\"; "
        + "remove the tag: all values are text"),
    Case(
      "two documents", "pipeline: x\nstages: { a: { run: true } }\n---\npipeline: y\n",
      "p.yaml:3:1: expected the end of the file, found a second document; one file is one pipeline"),
    Case(
      "tab as indentation", "pipeline: x\nstages:\n\ta: { run: true }\n",
      "p.yaml:3:1: expected valid YAML while scanning for the next token, "
        + "found found character that cannot start any token; "
        + "indent with spaces, not tabs, and quote text that begins with % @ or `"),
    Case(
      "NUL", "pipeline: a\0b\n",
      "p.yaml:1:12: expected text, found the control byte 0; is this a text file in UTF-8?"),
    Case("control character", "a: \u{1}\n", "p.yaml:1:4: expected text, found the control byte 1"),
    Case(
      "unclosed quote", "pipeline: 'x\n",
      "p.yaml:2:1: expected valid YAML while scanning a quoted scalar, found found unexpected end of stream"),
    Case(
      "key is a list", "pipeline: x\n? [a]\n: b\n",
      "p.yaml:2:3: expected a name as key, found a list; quote it if it is a name"),
    Case(
      "newline in a stage's name", "pipeline: x\nstages:\n  \"a\\nb\": { run: true }\n",
      "p.yaml:3:3: expected a stage's name of letters, digits, _ - and ., found \"a\\nb\""),
    Case(
      "stage is a text", "pipeline: x\nstages:\n  a: true\n",
      "p.yaml:3:6: expected a map such as { run: COMMAND, from: STAGE }, found \"true\""),
    Case(
      "no run", "pipeline: x\nstages:\n  a: { to: y }\n",
      "p.yaml:3:3: expected the key run in stage a, found none"),
    Case(
      "run is nothing", "pipeline: x\nstages:\n  a: { run: }\n",
      "p.yaml:3:13: expected a command, found nothing"),
    Case(
      "run is a list", "pipeline: x\nstages:\n  a: { run: [a, b] }\n",
      "p.yaml:3:13: expected a command, found a list"),
    Case(
      "from and in", "pipeline: x\nstages:\n  a: { run: true }\n  b: { run: cat, from: a, in: x }\n",
      "p.yaml:4:31: expected either from or in, found both; "
        + "standard input has one source; list further files under reads"),
    Case(
      "unknown stage", "pipeline: x\nstages:\n  clean: { run: true }\n  b: { run: cat, from: claen }\n",
      "p.yaml:4:24: expected a stage's name, found \"claen\"; did you mean clean?"),
    Case(
      "bad statuses", "pipeline: x\nstages:\n  a: { run: true, ok: [0, no, 0x1, 256, -1] }\n",
      "p.yaml:3:27: expected an exit status from 0 to 255, found \"no\"",
      "p.yaml:3:31: expected an exit status from 0 to 255, found \"0x1\"",
      "p.yaml:3:36: expected an exit status from 0 to 255, found \"256\"",
      "p.yaml:3:41: expected an exit status from 0 to 255, found \"-1\""),
    Case(
      "reads is a text", "pipeline: x\nstages:\n  a: { run: true, reads: x }\n",
      "p.yaml:3:26: expected a list such as [a, b], found \"x\""),
    Case(
      "bad variable names", "pipeline: x\nvars: { 1a: x, a-b: y }\nstages:\n  a: { run: true }\n",
      "p.yaml:2:9: expected a name of letters, digits and _, found \"1a\"; it is used as $name",
      "p.yaml:2:16: expected a name of letters, digits and _, found \"a-b\"; it is used as $name"),
    Case(
      "unknown variable", "pipeline: x\nvars: { dump: y }\nstages:\n  a: { run: cat $dunp }\n",
      "p.yaml:4:17: expected a variable from vars, found $dunp; did you mean dump?"),
    Case(
      "variable used above its line", "pipeline: x\nvars: { a: $b, b: y }\nstages:\n  a: { run: cat }\n",
      "p.yaml:2:12: expected a variable from vars, found $b; a variable may use those above it"),
    Case(
      "dollar alone", "pipeline: x\nstages:\n  a: { run: echo 5$ }\n",
      "p.yaml:3:19: expected a name after $, found the end; a dollar itself is written $$"),
    Case(
      "missing program", "pipeline: x\nstages:\n  a: { run: nosuchprogram -x }\n",
      "p.yaml:3:13: expected a program that can be run, found \"nosuchprogram\"; "
        + "it is neither beside pipeline nor in PATH"),
    Case(
      "assignment before the command", "pipeline: x\nstages:\n  a: { run: LANG=C sort }\n",
      "p.yaml:3:13: expected a program, found \"LANG=C\"; set variables under env:"),
    Case(
      "self-dependency", "pipeline: x\nstages:\n  a: { run: cat, from: a }\n",
      "p.yaml:3:3: expected stages whose pipes come to an end, found the cycle a → a"),
    Case(
      "cycle of pipes",
      "pipeline: x\nstages:\n  a: { run: cat, from: c }\n  b: { run: cat, from: a }\n  c: { run: cat, from: b }\n",
      "p.yaml:3:3: expected stages whose pipes come to an end, found the cycle a → b → c → a"),
    Case(
      "cycle of files",
      "pipeline: x\nstages:\n  a: { run: cat, in: y, to: x }\n  b: { run: cat, in: ./x, to: y }\n",
      "p.yaml:3:3: expected stages that can be put into an order by the files they read and write, "
        + "found the cycle a → b → a"),
    Case(
      "file of a stage in the same pipe",
      "pipeline: x\nstages:\n  a: { run: echo x }\n  b: { run: tee y, from: a, writes: [y] }\n"
        + "  c: { run: cat y, from: b, reads: [y] }\n",
      "p.yaml:5:3: expected c to start after b, whose file it reads, found both connected by pipes, which run at once; "
        + "read the file in a stage that no pipe connects, or take it from the pipe"),
    Case(
      "two writers of one path",
      "pipeline: x\nstages:\n  a: { run: true, to: o/x }\n  b: { run: true, to: ./o//x }\n",
      "p.yaml:4:3: expected one stage to write o/x, found a and b; give one of them another path"),
    Case(
      "empty path from a variable", "pipeline: x\nvars: { v: }\nstages:\n  a: { run: true, to: $v }\n",
      "p.yaml:4:23: expected a path, found \"$v\", which is empty"),
  ]

  @Test("the fault is named with its place", arguments: cases) func fault(bad: Case) {
    #expect(PlanFixture.complaints(bad.yaml) == bad.faults)
  }

  @Test("what only a shell could do is refused, with its column") func metacharacters() {
    for (command, column, hint) in [
      ("cat a | wc", 19, "two stages"), ("cat a > b", 19, "to: FILE"), ("cat < b", 17, "in: FILE"),
      ("ls; wc", 15, "one command"), ("sleep 1 &", 21, "one command"),
      ("echo $(date)", 18, "command substitution"),
      ("echo `date`", 18, "command substitution"), ("ls *.json", 16, "no globs"), ("ls x?", 17, "no globs"),
      ("ls [ab]", 16, "no globs"), ("ls ~/x", 16, "write the folder out"), ("(a)", 13, "no shell"),
    ] {
      let complaints = PlanFixture.complaints("pipeline: x\nstages:\n  a:\n    run: \(command)\n")
      let first = complaints.first ?? "nothing"
      #expect(first.hasPrefix("p.yaml:4:\(column - 3):") && first.contains(hint), "\(command): \(complaints)")
    }
  }

  @Test("all faults are gathered, in the file's order") func all() {
    let complaints = PlanFixture.complaints(
      "pipeline: x\nvars: { o: y }\nstages:\n  a: { run: cat $p | x, frm: b, ok: z }\n  b: { run: nosuch, from: q }\n"
    )
    #expect(
      complaints.map { $0.prefix(10) } == [
        "p.yaml:4:1", "p.yaml:4:2", "p.yaml:4:2", "p.yaml:4:3", "p.yaml:5:1", "p.yaml:5:2",
      ])
  }

  @Test("bad bytes are named: UTF-8, depth, size") func bytes() {
    #expect(
      PlanFixture.complaints([0x61, 0x0A, 0x62, 0xFF])
        == ["p.yaml:2:2: expected UTF-8, found the byte 0xff; save the file as UTF-8"])
    let deep = "a: " + String(repeating: "[", count: 100_000)
    #expect(PlanFixture.complaints(deep) == ["p.yaml:1:35: expected at most 32 levels, found another one"])
    let long = PlanFixture.complaints(Array("pipeline: ".utf8) + Array(repeating: 120, count: 100 << 20))
    #expect(
      long == ["p.yaml:1:1: expected a file of at most 16 MiB, found 104857610 bytes; is this a pipeline?"])
  }

  @Test("a byte order mark is no fault, and texts stay texts") func texts() throws {
    let plan = try PlanFixture.plan(
      "\u{FEFF}pipeline: no\nstages:\n  012: { run: echo 1:30 on ~x 0x10, env: { A: null, B: yes } }\n"
        .replacing("~x", with: "x~"))
    #expect(plan.name == "no")
    #expect(plan.stages[0].name == "012")
    #expect(plan.stages[0].words == ["echo", "1:30", "on", "x~", "0x10"])
    #expect(plan.stages[0].environment == ["A=", "B=yes"])
  }

  @Test("unknown --var names are faults without a place") func overrides() {
    let yaml = "pipeline: x\nvars: { dump: y }\nstages:\n  a: { run: cat $dump }\n"
    #expect(
      PlanFixture.complaints(yaml, overrides: [("dupm", "z")])
        == ["p.yaml: expected --var with a name from vars, found \"dupm\"; did you mean dump?"])
  }

  @Test("ten thousand stages are checked at once") func many() throws {
    var yaml = "pipeline: x\nstages:\n  s0: { run: echo }\n"
    for index in 1..<10_000 { yaml += "  s\(index): { run: cat, from: s\(index - 1), to: o/\(index) }\n" }
    let plan = try PlanFixture.plan(yaml)
    #expect(plan.stages.count == 10_000)
    #expect(plan.groups.count == 1)
    var files = "pipeline: x\nstages:\n"
    for index in 0..<10_000 {
      files += "  s\(index): { run: cat, in: o/\((index + 1) % 10_000), to: o/\(index) }\n"
    }
    #expect(PlanFixture.complaints(files).count == 1)
  }

  @Test("damaged files give faults or plans, never a trap", arguments: 0..<40) func damaged(seed: UInt64) {
    let whole = Array(
      """
      pipeline: demo
      vars: { dump: "a\\tb", out: 'build/$$x' }
      stages:
        clean:  { run: ingest $dump --rejects ${out}/r, ok: [0, 1], env: { A: 'b' } }
        b: { run: "sh -c 'x | y' \\"q\\"", from: clean, to: $out/x, reads: [x, y], writes: [z] }
        c:
          run: |
            cat $out/x
          in: $out/x

      """.utf8)
    let signs = Array("{}[]:,&*!|>'\"%@`$\\\n\t #-?".utf8)
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    for _ in 0..<100 {
      var bytes = whole
      for _ in 0...random(4) {
        let at = random(bytes.count)
        switch random(4) {
        case 0: bytes[at] = UInt8(random(256))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(signs[random(signs.count)], at: at)
        default: bytes.removeSubrange(at..<min(bytes.count, at + random(40)))
        }
      }
      for complaint in PlanFixture.complaints(bytes) { #expect(complaint.contains("expected ")) }
    }
  }
}
