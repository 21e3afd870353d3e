internal import Bytes
public import Records

/// `--stats` and `--metrics`: the ledger, for scripts and for monitoring.
public enum RunReport {
  /// Writes both files where they were asked for, each whole or not at all.
  public static func write(_ ledger: Ledger, program: String, seconds: Double, arguments: Arguments) throws {
    if let path = arguments.value("stats") {
      try publish(json(ledger, program: program, seconds: seconds), to: path)
    }
    if let path = arguments.value("metrics") {
      try publish(openMetrics(ledger, program: program, seconds: seconds), to: path)
    }
  }

  private static func publish(_ text: String, to path: String) throws {
    var file = try AtomicFile(path)
    try file.write(text)
    try file.commit()
  }

  /// One JSON object on one line.
  static func json(_ ledger: Ledger, program: String, seconds: Double) -> String {
    var fields = ["\"program\":\"\(program)\""]
    fields += ledger.terms.map { "\"\($0.name)\":\($0.count)" }
    fields.append("\"balanced\":\(ledger.isBalanced)")
    fields.append("\"seconds\":\(rounded(seconds))")
    fields += ledger.details.map { "\"\($0.name)\":\($0.count)" }
    return "{" + fields.joined(separator: ",") + "}\n"
  }

  /// The OpenMetrics text format: counters by outcome, the run's length and end.
  static func openMetrics(_ ledger: Ledger, program: String, seconds: Double) -> String {
    var out = "# TYPE tweetmill_records counter\n# HELP tweetmill_records Records by what became of them.\n"
    for term in ledger.terms + ledger.details {
      out += "tweetmill_records_total{program=\"\(program)\",outcome=\"\(term.name)\"} \(term.count)\n"
    }
    out += "# TYPE tweetmill_run_seconds gauge\n# UNIT tweetmill_run_seconds seconds\n"
    out += "tweetmill_run_seconds{program=\"\(program)\"} \(rounded(seconds))\n"
    out += "# TYPE tweetmill_last_success_timestamp_seconds gauge\n"
    out += "# UNIT tweetmill_last_success_timestamp_seconds seconds\n"
    let now = Double(Syscalls.wallMilliseconds()) / 1000
    out += "tweetmill_last_success_timestamp_seconds{program=\"\(program)\"} \(now)\n# EOF\n"
    return out
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
