@testable import Pipelines
import YAML

/// Pipeline files: read, resolved and drawn; every fault has a place.
func fuzz(_ bytes: [UInt8]) {
  let host = Host(
    toolFolder: nil, toolNames: [], searchPath: ["/usr/bin"], environment: [], signature: { _ in nil })
  do throws(Faults) {
    let plan = try RunPlan(bytes: bytes, overrides: [], host: host)
    _ = (GraphDrawing.ascii(plan), GraphDrawing.dot(plan), GraphDrawing.mermaid(plan), GraphDrawing.svg(plan))
  } catch {
    for fault in error.faults { require(!fault.text(file: "p.yaml").isEmpty, "a fault without words") }
  }
}
