/// Whether a whole string is one name of its kind, by twitter-text's validation rules.
extension TextValidator {
  /// `@name`, nothing before or after. - Complexity: O(n).
  public mutating func isValidUsername(_ text: Span<UInt8>) -> Bool { isWhole(text, .mention, .mentions) }

  /// `@name/list`, nothing before or after. - Complexity: O(n).
  public mutating func isValidList(_ text: Span<UInt8>) -> Bool { isWhole(text, .list, .mentions) }

  /// `#tag`, nothing before or after. - Complexity: O(n).
  public mutating func isValidHashtag(_ text: Span<UInt8>) -> Bool { isWhole(text, .hashtag, .hashtags) }

  private mutating func isWhole(_ text: Span<UInt8>, _ kind: EntityKind, _ kinds: EntityKinds) -> Bool {
    EntityExtractor.extract(
      text, signs: .all, kinds: kinds, unicode: &unicode, domains: domains, into: &entities)
    guard entities.count == 1 else { return false }
    let entity = entities.entities[0]
    return entity.kind == kind && entity.range == 0..<text.count
  }

  /// A link that is one from end to end, by the grammar of RFC 3986 as twitter-text narrows it: `http` or `https` (or
  /// none), a host name or address, path, query, fragment. Stricter than what is found in texts. - Complexity: O(n).
  public func isValidURL(_ text: Span<UInt8>, requiresScheme: Bool = true) -> Bool {
    URLGrammar.isValid(text, requiresScheme: requiresScheme)
  }
}
