import Pipelines
import YAML

/// Plans made from YAML in a test.
enum PlanFixture {
  /// A host with the usual folders, and no tools of ours unless told.
  static func host(
    toolFolder: String? = nil, tools: Set<String> = [], environment: [String] = ["PATH=/usr/bin:/bin"],
    signature: @escaping @Sendable (String) -> ToolSignature? = { _ in nil }
  ) -> Host {
    Host(
      toolFolder: toolFolder, toolNames: tools, searchPath: ["/usr/bin", "/bin"], environment: environment,
      signature: signature)
  }

  static func plan(
    _ yaml: String, overrides: [(name: String, value: String)] = [], host: Host = host()
  ) throws(Faults) -> RunPlan {
    try RunPlan(bytes: Array(yaml.utf8), overrides: overrides, host: host)
  }

  /// What `check` says, a line a fault.
  static func complaints(_ yaml: String, overrides: [(name: String, value: String)] = []) -> [String] {
    complaints(Array(yaml.utf8), overrides: overrides)
  }

  static func complaints(_ bytes: [UInt8], overrides: [(name: String, value: String)] = []) -> [String] {
    do throws(Faults) {
      _ = try RunPlan(bytes: bytes, overrides: overrides, host: host())
      return []
    } catch {
      return error.faults.map { $0.text(file: "p.yaml") }
    }
  }
}
