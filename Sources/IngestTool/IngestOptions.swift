internal import Bytes
internal import Ingestion
internal import QueryGrammar
internal import Records
internal import ToolSupport

/// The options of `ingest`, and what they mean for decoding.
enum IngestOptions {
  static let table: [OptionSpec] =
    [
      OptionSpec(
        "as", choices: ["auto"] + Shape.allCases.map(\.rawValue),
        help: "Take every record for this shape. Default: auto, record by record."),
      OptionSpec(
        "csv-map", value: "FIELD=COLUMN,…",
        help:
          "Columns of a CSV or TSV with a header; usual names are known. Fields: "
          + DecodingOptions.mapNames.joined(separator: ", ") + "."),
    ] + RejectSink.options + [
      OptionSpec(
        "max-record-bytes", value: "N",
        help: "Refuse longer values; of them 64 KiB are kept in the reject. Default: 16MiB."),
      OptionSpec(
        "replay", value: "FILE", role: .reads,
        help: "Read the rejects in FILE again, by their raw bytes; their source and line are kept."),
      OptionSpec(
        "dedupe", choices: RecordStage.Dedupe.allCases.map(\.rawValue),
        help:
          "Of several records with one id keep the first (default); the last; the last with the highest counts of "
          + "all (richest); or all (off). last and richest write at the end, in id order."),
      OptionSpec(
        "seen", value: "FILE", role: .updates,
        help: "Remember ids over runs: those in FILE count as duplicates, and new ones are added to it."),
      OptionSpec("since", value: "T", help: "Keep tweets from this date or time on (UTC)."),
      OptionSpec("until", value: "T", help: "Keep tweets before this date or time (UTC)."),
      OptionSpec(
        "where", value: "QUERY",
        help:
          "Keep tweets that match QUERY, in the grammar of query; words are compared by tokenize's rules. Events pass. "
          + "within_time: is measured from --now."),
      OptionSpec(
        "sample", value: "P", help: "Keep this part of the ids (0.01 or 1%), the same ids in every run."),
      OptionSpec("expand", help: "Also write the tweets that retweets and quotes embed, once each."),
      OptionSpec(
        "clusters",
        help:
          "Give each tweet with a text of four words or more a cluster: the id of the first tweet written whose text "
          + "is nearly the same (at most 3 of 64 bits of a SimHash differ). A retweet has the text it repeats. The "
          + "last million distinct texts or more are remembered; --stats counts clustered and forgotten_texts."
      ),
      OptionSpec("assign-ids", help: "Give snowflake ids to records that have a time and no id."),
      OptionSpec("worker", value: "N", help: "The worker number in assigned ids, 0 to 1023. Default: 0."),
      OptionSpec(
        "strict",
        help:
          "Also refuse texts over 280 weighted characters, and times over 2 s off their id's; else they are counted."
      ),
      OptionSpec(
        "now", value: "T",
        help:
          "Refuse times over an hour past T where no id tells the time, default: they are kept; within_time: in --where "
          + "is measured from T."),
    ]

  /// What the arguments say. - Throws: status 2.
  static func decoding(_ arguments: Arguments) throws -> DecodingOptions {
    var options = DecodingOptions()
    if let name = arguments.value("as"), name != "auto" { options.shape = Shape(rawValue: name) }
    for map in arguments.all("csv-map") {
      guard let wrong = options.setMap(map) else { continue }
      let names = DecodingOptions.mapNames
      let near = Nearest.match(String(wrong.prefix { $0 != "=" }), names)
      throw ToolError(
        .usage, "option --csv-map: expected FIELD=COLUMN, found \"\(wrong)\"",
        hint: near.map { "did you mean \($0)=…?" } ?? "fields: \(names.joined(separator: ", "))")
    }
    if let bytes = try arguments.byteCount("max-record-bytes") { options.maximumRecordBytes = bytes }
    options.since = try time("since", arguments)
    options.until = try time("until", arguments)
    options.now = try time("now", arguments)
    options.filter = try filter(arguments)
    options.sampleBelow = try sample(arguments)
    options.expands = arguments.has("expand")
    options.clusters = arguments.has("clusters")
    options.assignsIDs = arguments.has("assign-ids")
    options.isStrict = arguments.has("strict")
    if arguments.has("worker") && !options.assignsIDs {
      throw ToolError(.usage, "option --worker: it has no meaning without --assign-ids")
    }
    return options
  }

  private static func time(_ name: String, _ arguments: Arguments) throws -> Int64? {
    guard let text = arguments.value(name) else { return nil }
    guard let time = Timestamp.parse(Array(text.utf8).span) else {
      throw ToolError(
        .usage,
        "option --\(name): expected a date or time such as 2018-08-29 or 2018-08-29T20:21:02Z, found "
          + "\"\(text)\"")
    }
    return time
  }

  private static func filter(_ arguments: Arguments) throws -> QueryNode? {
    guard let text = arguments.value("where") else { return nil }
    do throws(QueryError) {
      let query = try QueryParser.parse(text)
      guard let column = query.columnOfNow, !arguments.has("now") else { return query }
      throw QueryError(
        column, "within_time: needs to know from when", hint: "give --now T: a stream has no newest tweet")
    } catch {
      throw ToolError(.usage, "option --where, column \(error.column): \(error.message)", hint: error.hint)
    }
  }

  // P of 2^64: the hashes below it are kept.
  private static func sample(_ arguments: Arguments) throws -> UInt64? {
    guard let text = arguments.value("sample") else { return nil }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast() : text[...]
    let isPlain = !digits.isEmpty && digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 46 }
    guard isPlain, let number = Double(digits) else { throw wrongSample(text) }
    let part = isPercent ? number / 100 : number
    guard part >= 0, part <= 1 else { throw wrongSample(text) }
    return part == 1 ? nil : UInt64(part * 0x1p64)
  }

  private static func wrongSample(_ text: String) -> ToolError {
    ToolError(.usage, "option --sample: expected a part such as 0.01 or 1%, found \"\(text)\"")
  }
}
