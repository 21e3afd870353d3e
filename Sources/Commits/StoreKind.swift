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
  /// The format of manifests that name raised counts; nil where the kind has none. A program that does not know them must
  /// refuse the commit, not show old counts; all other manifests stay readable for it.
  package let raisedVersion: UInt32?
  /// What a message calls it: "an index".
  package let noun: String
  /// The command that builds one, and what comes behind the path.
  package let builder: (command: String, input: String)

  /// A kind.
  package init(
    manifestType: StaticString, attribute: StaticString, version: UInt32, oldestVersion: UInt32,
    raisedVersion: UInt32? = nil, noun: String, builder: (command: String, input: String)
  ) {
    self.manifestType = manifestType
    self.attribute = attribute
    self.version = version
    self.oldestVersion = oldestVersion
    self.raisedVersion = raisedVersion
    self.noun = noun
    self.builder = builder
  }

  /// The formats of segments that are read.
  package var segmentVersions: ClosedRange<UInt32> { oldestVersion...version }
  /// The formats of manifests that are read.
  package var manifestVersions: ClosedRange<UInt32> { oldestVersion...(raisedVersion ?? version) }
}

extension StoreKind: Equatable {
  /// Whether the manifests of both are of one type.
  public static func == (left: StoreKind, right: StoreKind) -> Bool {
    left.manifestType.description == right.manifestType.description
  }
}
