internal import Bytes
internal import TextAnalysis

/// Makes of a term as people would search for it the term that engines know. One per thread.
struct TermFolder: ~Copyable {
  private var analyzer = Analyzer()
  private var folded = ByteBuffer()

  /// `#NYC` to `#nyc`: the sign stands for itself, and the ’ of a word is a '. - Complexity: O(n).
  mutating func fold(_ term: String) -> [UInt8] {
    let straight = String(String.UnicodeScalarView(term.unicodeScalars.map { $0 == "’" ? "'" : $0 }))
    let bytes = Array(straight.utf8)
    folded.removeAll()
    let isSigned = bytes.first.map { "#$@".utf8.contains($0) } ?? false
    if isSigned { folded.append(bytes[0]) }
    let name = Array(bytes.dropFirst(isSigned ? 1 : 0))
    analyzer.fold(name.span, into: &folded)
    return folded.span.array
  }
}
