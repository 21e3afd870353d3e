package import Commits
package import Records

/// A segment as a commit sees it: without the documents that later commits replaced or deleted.
package struct LiveSegment: Sendable {
  package let segment: Segment
  /// The dead documents; nil when there are none.
  package var dead: DeadDocuments?

  package init(_ entry: Manifest.Segment, _ folder: CommitFolder) throws {
    segment = try Segment(folder.segment(entry.name), expected: entry)
    guard segment.documentCount == entry.documents else {
      throw SegmentError.corrupt(
        file: folder.segment(entry.name), member: "header", offset: 16,
        reason: "\(segment.documentCount) documents, the manifest says \(entry.documents)")
    }
    dead = try entry.deadFile.map { try DeadDocuments.read(folder.segment($0), documents: entry.documents) }
    if (dead?.count ?? 0) != entry.dead {
      throw SegmentError.corrupt(
        file: folder.segment(entry.deadFile ?? entry.name), member: "dead", offset: 4,
        reason: "\(dead?.count ?? 0) dead documents, the manifest says \(entry.dead)")
    }
  }

  /// A segment that no commit names, checked whole. - Throws: `SystemError`, `SegmentError`.
  package init(foreign path: String) throws {
    segment = try Segment(path)
    try segment.checkAll()
    dead = nil
  }

  /// Whether tombstones of this segment ask for the text of a quoted tweet to go.
  package func hidesQuote(_ quote: Reference) throws(SegmentError) -> Bool {
    if segment.tombstones.isEmpty { return false }
    if try segment.tombstones.deletesTweet(quote.id) { return true }
    return quote.userID > 0 ? try segment.tombstones.deletesUser(quote.userID) : false
  }

  /// Whether a document is alive.
  package func isLive(_ document: Int) -> Bool { dead.map { !$0.contains(document) } ?? true }
}

/// One commit of an index, opened whole: what it answers never changes, whatever a writer does meanwhile.
public final class IndexReader: Sendable {
  /// The folder.
  public let path: String
  /// The commit's number; 0 for an index without a commit.
  public let generation: Int
  /// The analyzer's id; empty while the index is.
  public let analyzer: String
  /// The segments, oldest first.
  package let segments: [LiveSegment]

  /// Opens the newest commit. - Throws: `CommitError.notAStore`, `SegmentError`, `SystemError`.
  public init(_ path: String) throws {
    self.path = path
    let folder = CommitFolder(path, .index)
    (generation, analyzer, segments) = try folder.openNewest { manifest in
      let segments = try manifest.segments.map { try LiveSegment($0, folder) }
      return (manifest.generation, manifest.attribute, segments)
    }
  }
}

extension Sequence where Element == LiveSegment {
  /// Takes the text of a deleted tweet out of the quote of it.
  package func hideDeletedQuote(_ tweet: inout Tweet) throws(SegmentError) {
    guard let quote = tweet.quoteOf, quote.text.isPresent else { return }
    for live in self where try live.hidesQuote(quote) {
      tweet.quoteOf?.text = .absent
      return
    }
  }
}
