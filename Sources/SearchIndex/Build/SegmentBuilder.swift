internal import Bytes
internal import Records

/// Gathers batches and writes them as one segment whose bytes depend on the tweets alone: documents in order of id,
/// newest first, terms in byte order.
///
/// Memory: about 500 bytes a tweet of 100 characters. Not thread-safe: batches come from workers, in input order.
final class SegmentBuilder {
  private(set) var batches: [IndexBatch] = []
  private(set) var terms = TermTable(capacity: 1 << 16)
  private var tokenCounts: [UInt32] = []
  private(set) var users = TermTable(capacity: 1 << 12)
  private(set) var handles: [(tweet: UInt64, handle: [UInt8])] = []
  private(set) var languages = TermTable(capacity: 64)
  private(set) var places = TermTable(capacity: 64)
  private(set) var documents = 0
  private(set) var tokens = 0
  private(set) var recordBytes = 0
  let analyzer: String

  init(analyzer: String) { self.analyzer = analyzer }

  var isEmpty: Bool { documents == 0 }

  /// Takes a batch over and renumbers its terms. - Complexity: O(tokens).
  func add(_ batch: IndexBatch) {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(batch.terms.count)
    for index in 0..<batch.terms.count {
      numbers.append(UInt32(terms.insert(batch.terms.bytes(index), hash: batch.terms.hashes[index])))
    }
    while tokenCounts.count < terms.count { tokenCounts.append(0) }
    for index in batch.tokenTerms.indices {
      let number = numbers[Int(batch.tokenTerms[index])]
      batch.tokenTerms[index] = number
      tokenCounts[Int(number)] += 1
    }
    let userNumbers = Self.merge(batch.users, into: &users)
    for (index, number) in userNumbers.enumerated() {
      if number == handles.count { handles.append((0, [])) }
      if batch.handles[index].tweet >= handles[number].tweet { handles[number] = batch.handles[index] }
    }
    let languageNumbers = Self.merge(batch.languages, into: &languages)
    let placeNumbers = Self.merge(batch.places, into: &places)
    for index in batch.facts.indices {
      if batch.facts[index].user >= 0 {
        batch.facts[index].user = Int32(userNumbers[Int(batch.facts[index].user)])
      }
      if batch.facts[index].language >= 0 {
        batch.facts[index].language = Int32(languageNumbers[Int(batch.facts[index].language)])
      }
      if batch.facts[index].place >= 0 {
        batch.facts[index].place = Int32(placeNumbers[Int(batch.facts[index].place)])
      }
    }
    batch.terms = TermTable(capacity: 0)
    documents += batch.facts.count
    tokens += batch.tokenTerms.count
    recordBytes += batch.records.count
    batches.append(batch)
  }

  private static func merge(_ source: borrowing TermTable, into target: inout TermTable) -> [Int] {
    var numbers: [Int] = []
    for index in 0..<source.count {
      numbers.append(target.insert(source.bytes(index), hash: source.hashes[index]))
    }
    return numbers
  }

  /// How many tokens each term has, by its number.
  var tokensOfTerm: [UInt32] { tokenCounts }
}
