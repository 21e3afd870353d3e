internal import Bytes
internal import Containers
internal import Records
internal import TextAnalysis
internal import Tokenization
public import ToolSupport

/// `tokenize`: adds the terms of the text to every record.
public enum TokenizeCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "tokenize", summary: "adds the terms of its text to every tweet", operands: "[FILE…]",
    details: """
      Reads canonical records from FILEs or standard input and writes them with "analyzer" and "tokens". Hashtags, \
      mentions, cashtags and links follow twitter-text, words follow UAX #29; terms are folded (NFKC, case, diacritics of \
      Latin, Greek and Cyrillic); Chinese, Japanese and Korean give bigrams. Events pass unchanged.
      """,
    examples: [
      ("ingest dump.zst | tokenize | index-build -i idx", "from a dump to an index"),
      ("tokenize --explain 'Año nuevo #NYC 東京'", "every step for one text"),
    ],
    memory: "Below 64 MB for any input.",
    options: [
      OptionSpec(
        "stem", value: "auto|LANG",
        help:
          "Add stems at the same position: by each tweet's language, or always by LANG's rules. Default: none."
      ),
      OptionSpec("lang-id", help: "Name the language of tweets that have none (CLD2)."),
      OptionSpec("explain", value: "TEXT", help: "Show every step for TEXT and read no records."),
      ToolDescription.output,
    ] + RejectSink.options)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let stem = arguments.value("stem") ?? "off"
    guard let settings = AnalyzerSettings(stem: stem) else {
      let known = StemLanguage.allCases.map(\.rawValue).joined(separator: ", ")
      throw ToolError(
        .usage, "option --stem: there is no stemmer for \"\(stem)\"", hint: "auto, or one of \(known)")
    }
    var output = try ToolOutput.open(arguments)
    if let text = arguments.value("explain") {
      var analyzer = Analyzer(settings)
      let bytes = Array(text.utf8)
      let lines = analyzer.explain(text: bytes.span, language: bytes.span.extracting(0..<0))
      try output.write(text: lines.joined(separator: "\n") + "\n")
      try output.finish()
      return .done
    }
    let rejects = try RejectSink(arguments, context.diagnostics)
    let source = ChunkSource(arguments.operands)
    let namesLanguages = arguments.has("lang-id")
    var ledger = Ledger()
    var progress = Progress(
      program: "tokenize", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: { source.next() },
      context: { TokenizeWorker(settings, namesLanguages: namesLanguages) },
      work: { worker, chunk in worker.tokenize(chunk) },
      consume: { (result: TokenizedChunk) in
        ledger.add(result.ledger)
        try rejects.add(result.rejects)
        try output.write(result.bytes.span)
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try source.check()
    try rejects.finish(ledger)
    try output.finish()
    context.ledger = ledger
    return .done
  }
}
