/// What tells one kind of store (the search index, say) from another: all else of segments and commits is the same.
public struct StoreKind: Sendable {
  /// The `type` of its manifests, by which kinds are told apart.
  package let manifestType: StaticString
  /// The name in manifests of what all its segments were made by.
  package let attribute: StaticString
  /// The format that is written.
  package let version: UInt32
  /// The oldest format that is read.
  package let oldestVersion: UInt32
  /// What a message calls it: "an index".
  package let noun: String
  /// The command that builds one, and what comes behind the path.
  package let builder: (command: String, input: String)

  /// A kind.
  package init(
    manifestType: StaticString, attribute: StaticString, version: UInt32, oldestVersion: UInt32,
    noun: String, builder: (command: String, input: String)
  ) {
    self.manifestType = manifestType
    self.attribute = attribute
    self.version = version
    self.oldestVersion = oldestVersion
    self.noun = noun
    self.builder = builder
  }

  /// The formats that are read, of manifests and of segments.
  package var versions: ClosedRange<UInt32> { oldestVersion...version }
}

extension StoreKind: Equatable {
  /// Whether the manifests of both are of one type.
  public static func == (left: StoreKind, right: StoreKind) -> Bool {
    left.manifestType.description == right.manifestType.description
  }
}
