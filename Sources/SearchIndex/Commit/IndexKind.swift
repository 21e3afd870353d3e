package import Commits

extension StoreKind {
  /// The search index.
  package static let index = StoreKind(
    manifestType: "manifest", attribute: "analyzer", version: SegmentFormat.version,
    oldestVersion: SegmentFormat.oldestVersion, raisedVersion: RaisedFormat.manifestVersion, noun: "an index",
    builder: (command: "index-build -i", input: "FILE"))
}
