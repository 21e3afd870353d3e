internal import Bytes

/// The terms, places and forms of a run by number, until nothing refers to them.
struct TrendTables: ~Copyable {
  /// The number that stands for everybody's use of a place, whatever they wrote about.
  static let everybody: UInt32 = 0

  private(set) var terms = TermTable(capacity: 1 << 12)
  private(set) var places = TermTable(capacity: 64)
  private(set) var forms = TermTable(capacity: 1 << 10)
  /// What terms and places are known by when their numbers are forgotten: a hash that is the same in every run.
  private(set) var termKeys: [UInt64] = []
  private(set) var placeKeys: [UInt64] = []
  /// The number of `world`, the first.
  let world: UInt32

  init() {
    let nothing: [UInt8] = []
    _ = terms.insert(TrendKind.everybodyField, nothing.span)
    let name = Array("world".utf8)
    world = UInt32(places.insert(TrendLevel.world.rawValue, name.span))
    addKeys()
  }

  /// What the terms of each use, the places and the forms of a batch are here.
  mutating func numbers(of batch: TrendBatch) -> (terms: [UInt32], places: [UInt32], forms: [UInt32]) {
    var numbers: (terms: [UInt32], places: [UInt32], forms: [UInt32]) = ([], [], [])
    terms.insert(batch.terms, into: &numbers.terms)
    places.insert(all: batch.places, batch.places.hashes(), &numbers.places)
    forms.insert(all: batch.forms, batch.forms.hashes(), &numbers.forms)
    addKeys()
    return numbers
  }

  private mutating func addKeys() {
    while termKeys.count < terms.count { termKeys.append(Checksum.xxh3(terms.bytes(termKeys.count))) }
    while placeKeys.count < places.count { placeKeys.append(Checksum.xxh3(places.bytes(placeKeys.count))) }
  }

  /// Forgets all terms but everybody and those of `kept`. - Returns: by its number before, that of each kept term now.
  /// - Parameter room: strings that the table has room for at once.
  mutating func keepTerms(_ kept: [UInt32], room: Int) -> [UInt32] {
    let numbers = Self.keep([Self.everybody] + kept, &terms, room: room)
    termKeys = []
    addKeys()
    return numbers
  }

  /// As `keepTerms`, of places; the world stays the first.
  mutating func keepPlaces(_ kept: [UInt32]) -> [UInt32] {
    let numbers = Self.keep([world] + kept, &places)
    placeKeys = []
    addKeys()
    return numbers
  }

  /// As `keepTerms`, of forms.
  mutating func keepForms(_ kept: [UInt32]) -> [UInt32] { Self.keep(kept, &forms) }

  private static func keep(_ kept: [UInt32], _ table: inout TermTable, room: Int = 0) -> [UInt32] {
    var numbers = [UInt32](repeating: .max, count: table.count)
    var smaller = TermTable(capacity: max(kept.count, room))
    for number in kept where numbers[Int(number)] == .max {
      let name = table.bytes(Int(number))
      numbers[Int(number)] = UInt32(smaller.insert(name[0], name.extracting(1...)))
    }
    table = smaller
    return numbers
  }

  /// Adds what a state had, each with its field byte first. - Returns: its number.
  mutating func addTerm(_ name: Span<UInt8>) -> UInt32 {
    defer { addKeys() }
    return Self.add(name, to: &terms)
  }

  mutating func addPlace(_ name: Span<UInt8>) -> UInt32 {
    defer { addKeys() }
    return Self.add(name, to: &places)
  }

  mutating func addForm(_ name: Span<UInt8>) -> UInt32 { Self.add(name, to: &forms) }

  private static func add(_ name: Span<UInt8>, to table: inout TermTable) -> UInt32 {
    UInt32(table.insert(name[0], name.extracting(1...)))
  }
}

extension TrendKind {
  /// The field of what is no term: everybody.
  static let everybodyField: UInt8 = 255
}
