internal import Bytes
internal import Commits
internal import SearchIndex

/// The dictionary and the lists of a merge: terms of all segments in byte order, each with what lives of its lists.
final class MergedLists {
  /// The members, made.
  let terms, postings, positions: StagedMember
  private(set) var dictionary = TermDictionaryWriter()
  private let documents: MergedDocuments
  private let lengths: [UInt32]
  private let threads: Int
  /// Bytes of the dictionary that are written at a time.
  private static let piece = 1 << 18
  /// Slices between two times when memory is given back.
  private static let slicesPerRest = 64

  /// For the lists of `documents`, whose texts have `lengths`; what is made waits in `folder`.
  init(_ documents: MergedDocuments, lengths: [UInt32], in folder: String, threads: Int) {
    self.documents = documents
    self.lengths = lengths
    self.threads = threads
    terms = StagedMember(in: folder)
    postings = StagedMember(in: folder)
    positions = StagedMember(in: folder)
  }

  // Room that a thread uses again and again.
  private final class Room {
    var list = MergedPostings()
    var spare = MergedPostings()
  }

  /// Merges all: one thread walks the dictionaries, others the lists of the terms that it finds.
  ///
  /// - Throws: `SegmentError`, `SystemError`. - Complexity: O((terms + postings) × log parts).
  func merge() throws {
    let source = try MergedTerms(documents.parts)
    let (documents, lengths) = (documents, lengths)
    var dictionary = TermDictionaryWriter()
    var slices = 0
    try OrderedWork.run(
      threads: threads, produce: { Result { try source.next() }.optional() }, context: { Room() },
      work: { room, slice in
        Result {
          let slice = try slice.get()
          return (slice, try EncodedLists(slice, documents, lengths: lengths, &room.list, &room.spare))
        }
      },
      consume: { (made: Result<(TermSlice, EncodedLists), any Error>) in
        let (slice, lists) = try made.get()
        for (term, size) in lists.sizes.enumerated() where size.documents > 0 {
          dictionary.add(slice.term(term), size)
        }
        try lists.write(postings: postings, positions: positions)
        if dictionary.blocks.count >= Self.piece { try take(&dictionary) }
        slices += 1
        if slices % Self.slicesPerRest == 0 { documents.forgetPages() }
      })
    dictionary.finish()
    try take(&dictionary)
    self.dictionary = dictionary
  }

  private func take(_ dictionary: inout TermDictionaryWriter) throws(SystemError) {
    try terms.append(dictionary.blocks.span)
    dictionary.removeBlocks()
  }
}

extension Result where Failure == any Error {
  // A failure is an item, too; only the end is none.
  fileprivate func optional<Value>() -> Result<Value, any Error>? where Success == Value? {
    switch self {
    case .success(let value): value.map { .success($0) }
    case .failure(let error): .failure(error)
    }
  }
}

/// The encoded lists of a slice of terms.
private final class EncodedLists: @unchecked Sendable {  // made by one thread, then read by another
  private let postings: PostingsWriter
  private let positions: PositionsWriter
  /// Per term what the dictionary says of it; terms of no document have no bytes.
  let sizes: [TermInfo]

  /// Merges the lists of all terms of `slice`. All is written in variables and then kept, as in `EncodedTerms`.
  init(
    _ slice: TermSlice, _ documents: MergedDocuments, lengths: [UInt32], _ list: inout MergedPostings,
    _ spare: inout MergedPostings
  ) throws {
    var postings = PostingsWriter()
    var positions = PositionsWriter()
    var sizes: [TermInfo] = []
    sizes.reserveCapacity(slice.count)
    for term in 0..<slice.count {
      let isText = slice.term(term)[0] == TermField.text.rawValue
      list.removeAll()
      for part in slice.lists(term) {
        try list.add(
          documents.parts[part.part].segment, part.info, documents.numbers[part.part], isText: isText)
      }
      list.sort(&spare)
      let size =
        list.documents.isEmpty
        ? 0
        : isText
          ? postings.add(documents: list.documents.span, counts: list.counts.span, lengths: lengths.span)
          : postings.add(documents: list.documents.span, counts: nil, lengths: lengths.span)
      let more = isText ? positions.add(list.numbers.span) : 0
      sizes.append(
        TermInfo(
          documents: list.documents.count,
          occurrences: isText ? list.numbers.count : list.documents.count, postings: 0..<size,
          positions: 0..<more))
    }
    self.postings = postings
    self.positions = positions
    self.sizes = sizes
  }

  /// Appends the lists to the members that are being made.
  func write(postings: StagedMember, positions: StagedMember) throws(SystemError) {
    try Self.append(self.postings.bytes, to: postings)
    try Self.append(self.positions.bytes, to: positions)
  }

  private static func append(_ bytes: borrowing ByteBuffer, to member: StagedMember) throws(SystemError) {
    try member.append(bytes.span)
  }
}
