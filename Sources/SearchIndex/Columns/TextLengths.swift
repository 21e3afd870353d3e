package import Bytes
package import Commits

// The member `lengths`: of the texts, in positions.
//
//   a byte a document: the length plus 1, 255 where that does not fit
//   for each of the latter, rising: u32 document, u32 length
//
// In formats before `leanVersion` it is a packed column.

/// Writes the member from lengths that come one by one. Memory: a byte a document, eight more for a long one.
package struct TextLengthsWriter: ~Copyable {
  /// The member, once it is finished.
  package private(set) var bytes = ByteBuffer()
  private var long = ByteBuffer()

  /// No document yet.
  package init() {}

  /// Adds the length of the next document.
  package mutating func add(_ length: UInt32) {
    if length >= UInt32(TextLengths.long) - 1 {
      long.append(littleEndian: UInt32(bytes.count))
      long.append(littleEndian: length)
      bytes.append(TextLengths.long)
    } else {
      bytes.append(UInt8(length) + 1)
    }
  }

  /// Ends the member.
  package mutating func finish() { bytes.append(contentsOf: long) }
}

/// Reads the member in place.
package struct TextLengths: Sendable {
  /// The code of lengths that do not fit.
  package static let long: UInt8 = 255

  private let member: CheckedMember
  private let documents: Int
  // In formats that have one.
  private let column: PackedColumnReader?

  /// Checks the member's size. - Throws: `.corrupt`.
  init(_ member: CheckedMember, _ header: SegmentHeader) throws(SegmentError) {
    self.member = member
    documents = header.documents
    if header.version < SegmentFormat.leanVersion {
      let column = try PackedColumnReader(member)
      guard column.count == documents else {
        throw member.corrupt(0, "\(column.count) lengths for \(documents) documents")
      }
      self.column = column
    } else {
      guard member.count >= documents, (member.count - documents) % 8 == 0 else {
        throw member.corrupt(0, "\(member.count) bytes of lengths for \(documents) documents")
      }
      column = nil
    }
  }

  /// The length of a document. - Throws: `.corrupt`. - Complexity: O(1); O(log n) of n long texts for one of them.
  package func value(_ document: Int) throws(SegmentError) -> Int {
    if let column {
      let length = try column.value(document)
      guard let fits = UInt32(exactly: length) else {
        throw member.corrupt(document, "a text of \(length) positions")
      }
      return Int(fits)
    }
    guard document >= 0, document < documents else {
      throw member.corrupt(document, "length \(document) of \(documents)")
    }
    let code = try member.load(document, as: UInt8.self)
    if code == 0 { throw member.corrupt(document, "a code of length that stands for none") }
    return code == Self.long ? try longValue(document) : Int(code) - 1
  }

  private func longValue(_ document: Int) throws(SegmentError) -> Int {
    var low = 0
    var high = (member.count - documents) / 8
    while low < high {
      let middle = (low + high) / 2
      if try member.load(documents + 8 * middle, as: UInt32.self) < document {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let place = documents + 8 * low
    guard place < member.count, try member.load(place, as: UInt32.self) == document else {
      throw member.corrupt(document, "a long text without a length")
    }
    return Int(try member.load(place + 4, as: UInt32.self))
  }

  /// Bytes of which those of the documents are codes: the length plus 1, or `long`. They are the member itself, in place; in
  /// formats that have a column a copy. - Throws: `.corrupt`. - Complexity: O(1); O(documents) for a copy.
  package func codes() throws(SegmentError) -> CheckedMember {
    guard let column else { return member }
    var codes = ByteBuffer(capacity: documents)
    var values = [128 of Int64](repeating: 0)
    for block in 0..<column.blockCount {
      for slot in 0..<(try column.read(block: block, into: &values)) {
        codes.append(UInt8(min(max(values[slot], 0), Int64(Self.long) - 1)) + 1)
      }
    }
    return member.replaced(by: codes.span)
  }
}
