internal import Bytes

/// What a batch's terms and places are to the engine, and the entries that its uses were put to: a term mostly comes with
/// the places it came with before, so that the table of all entries is asked once for most of them.
struct BatchEntries {
  /// All of a term, so that it lies in one line of memory.
  struct Term {
    /// Its number.
    var number: UInt32
    /// The entry at the first place of the batch (the world), and at one other.
    var first = UInt32.max
    var place = UInt32.max
    var entry = UInt32.max
  }

  /// By the batch's number.
  var terms: [Term]
  /// The number of a place, and everybody's entry there.
  var places: [(number: UInt32, everybody: UInt32)]
  /// The numbers of forms.
  let forms: [UInt32]

  /// For numbers of a batch.
  init(_ numbers: (terms: [UInt32], places: [UInt32], forms: [UInt32])) {
    terms = numbers.terms.map { Term(number: $0) }
    places = numbers.places.map { (number: $0, everybody: .max) }
    forms = numbers.forms
  }

  /// The number of a form.
  @inline(__always)
  func form(_ form: UInt32) -> UInt32 { form == TrendBatch.Use.asItIs ? form : forms[Int(form)] }

  /// Everybody's entry at a place.
  @inline(__always)
  mutating func everybody(_ place: UInt32, _ counts: inout WindowCounts) -> UInt32 {
    if places[Int(place)].everybody == .max {
      places[Int(place)].everybody = counts.entry(TrendTables.everybody, places[Int(place)].number)
    }
    return places[Int(place)].everybody
  }

  /// The entry of a term at a place, both by the batch's numbers.
  @inline(__always)
  mutating func entry(_ term: UInt32, _ place: UInt32, _ counts: inout WindowCounts) -> UInt32 {
    let known = terms[Int(term)]
    if place == 0 {
      if known.first != .max { return known.first }
    } else if known.place == place {
      return known.entry
    }
    let found = counts.entry(known.number, places[Int(place)].number)
    if place == 0 {
      terms[Int(term)].first = found
    } else {
      terms[Int(term)].place = place
      terms[Int(term)].entry = found
    }
    return found
  }
}
