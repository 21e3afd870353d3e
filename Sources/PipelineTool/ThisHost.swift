internal import Bytes
internal import Pipelines

/// What `Pipelines` must be told of the machine.
enum ThisHost {
  /// Our own tools, which are looked for beside `pipeline` first and asked for their options.
  private static let tools: Set<String> = [
    "ingest", "tokenize", "index-build", "trend-compute", "fanout", "query",
  ]

  static func describe() -> Host {
    let path = Syscalls.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    return Host(
      toolFolder: Syscalls.linkTarget("/proc/self/exe").map(Paths.parent), toolNames: tools,
      searchPath: path.split(separator: ":", omittingEmptySubsequences: false).map(String.init),
      environment: Syscalls.environment(), signature: { ToolProbe.signature(of: $0) })
  }
}
