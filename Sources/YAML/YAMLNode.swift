/// A value of a YAML file with its place.
public struct YAMLNode: Sendable {
  /// What it is.
  public enum Value: Sendable {
    /// A text.
    case scalar(YAMLScalar)
    /// A list.
    case sequence([YAMLNode])
    /// Names and values, in the order of the file.
    case mapping([YAMLEntry])
  }

  /// Where it begins.
  public let mark: Mark
  /// What it is.
  public let value: Value

  /// How messages call it.
  public var kind: String {
    switch value {
    case .scalar(let scalar): scalar.isNothing ? "nothing" : Fault.shown(scalar.text)
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}

/// A text. Numbers, dates, `no` and `012` stay the text that they are.
public struct YAMLScalar: Sendable {
  /// What it says.
  public let text: String
  /// Whether it stands without quotes.
  public let isPlain: Bool
  /// The column of its first code point, where one column is one code point of the value.
  public let contentColumn: Int?

  /// `key:` with nothing behind it, or `~`.
  public var isNothing: Bool { isPlain && (text.isEmpty || text == "~" || text == "null") }
}

/// A key and its value.
public struct YAMLEntry: Sendable {
  /// Its name.
  public let key: String
  /// Where the name stands.
  public let keyMark: Mark
  /// What stands behind it.
  public let value: YAMLNode
}
