/// How texts become terms, as far as a user may choose.
public struct AnalyzerSettings: Equatable, Sendable {
  /// Which stems are added.
  public enum Stemming: Equatable, Sendable {
    /// None.
    case off
    /// By each tweet's language.
    case auto
    /// Always this language's.
    case language(StemLanguage)
  }

  /// Whether and by whose rules the stem of a word is added at the word's position.
  public var stemming: Stemming

  /// Settings; without arguments the ones that `tokenize` has by default.
  public init(stemming: Stemming = .off) { self.stemming = stemming }

  /// Reads the argument of `--stem`: `off`, `auto` or a language code; nil when there is no stemmer of that name.
  public init?(stem argument: String) {
    switch argument {
    case "off": self.init()
    case "auto": self.init(stemming: .auto)
    default:
      guard let language = StemLanguage(rawValue: argument) else { return nil }
      self.init(stemming: .language(language))
    }
  }

  /// Reads back what `identifier` says; nil when another version or another program wrote it.
  public init?(identifier: String) {
    if identifier == Self.version {
      self.init()
      return
    }
    let prefix = Self.version + "-stem-"
    guard identifier.hasPrefix(prefix) else { return nil }
    self.init(stem: String(identifier.dropFirst(prefix.count)))
    if identifier != self.identifier { return nil }
  }

  /// The rules' version: it changes whenever a text would give other terms.
  static let version = "tm1"

  /// A short ASCII name of these settings and of the rules' version, such as `tm1` or `tm1-stem-auto`.
  public var identifier: String {
    switch stemming {
    case .off: Self.version
    case .auto: Self.version + "-stem-auto"
    case .language(let language): Self.version + "-stem-" + language.rawValue
    }
  }
}

/// Languages that libstemmer 2.2 knows, by their ISO 639-1 code (`yi`: Yiddish).
public enum StemLanguage: String, CaseIterable, Sendable {
  /// Arabic, Armenian, Basque, Catalan.
  case ar, hy, eu, ca
  /// Danish, Dutch, English, Finnish.
  case da, nl, en, fi
  /// French, German, Greek, Hindi.
  case fr, de, el, hi
  /// Hungarian, Indonesian, Irish, Italian.
  case hu, id, ga, it
  /// Lithuanian, Nepali, Norwegian, Portuguese.
  case lt, ne, no, pt
  /// Romanian, Russian, Serbian, Spanish.
  case ro, ru, sr, es
  /// Swedish, Tamil, Turkish, Yiddish.
  case sv, ta, tr, yi

  /// The language of a tweet's `lang`: Twitter writes Indonesian `in`, others as ISO 639-1 does.
  init?(twitter code: Span<UInt8>) {
    guard code.count == 2 else { return nil }
    let letters = UInt16(lowered(code[0])) << 8 | UInt16(lowered(code[1]))
    if letters == 0x696E {
      self = .id
      return
    }
    for language in Self.allCases where language.letters == letters {
      self = language
      return
    }
    return nil
  }

  private var letters: UInt16 {
    var value: UInt16 = 0
    for byte in rawValue.utf8 { value = value << 8 | UInt16(byte) }
    return value
  }
}
