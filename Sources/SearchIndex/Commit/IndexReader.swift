internal import Bytes
package import Commits
package import Records

/// A segment as a commit sees it: without the documents that later commits replaced or deleted, with the counts that rose.
package struct LiveSegment: Sendable {
  package let segment: Segment
  /// The dead documents; nil when there are none.
  package var dead: DeadDocuments?

  package init(_ entry: Manifest.Segment, _ folder: CommitFolder) throws {
    segment = try Segment(
      folder.segment(entry.name), expected: entry, raised: entry.raisedFile.map { folder.segment($0) })
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
    let raised = segment.raised?.count ?? 0
    if raised != entry.raised {
      throw SegmentError.corrupt(
        file: folder.segment(entry.raisedFile ?? entry.name), member: "header", offset: 24,
        reason: "counts of \(raised) documents rose, the manifest says \(entry.raised)")
    }
  }

  /// A segment that no commit names, checked whole, with the counts of the file `raised`. - Throws: `SystemError`,
  /// `SegmentError`.
  package init(foreign path: String, raised: String? = nil) throws {
    segment = try Segment(path, raised: raised)
    try segment.checkAll()
    dead = nil
  }

  /// Whether tombstones of this segment ask for the text of a quoted tweet to go.
  package func hidesQuote(_ quote: Reference) throws(SegmentError) -> Bool {
    if segment.tombstones.isEmpty { return false }
    if try segment.tombstones.deletesTweet(quote.id) { return true }
    return quote.userID > 0 ? try segment.tombstones.deletesUser(quote.userID) : false
  }

  /// Whether later commits changed what it shows.
  package var hasChanged: Bool { dead != nil || segment.raised != nil }

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

  /// What the manifest says, in 64 bits: no other commit, of this index or another, has the same.
  public let fingerprint: UInt64

  /// Opens the newest commit. - Throws: `CommitError.notAStore`, `SegmentError`, `SystemError`.
  public convenience init(_ path: String) throws {
    let folder = CommitFolder(path, .index)
    let (manifest, segments) = try folder.openNewest { manifest in
      (manifest, try manifest.segments.map { try LiveSegment($0, folder) })
    }
    self.init(path, manifest, segments)
  }

  /// Opens the commit of a number, as a cursor asks; nil when it was collected, or never was. - Throws: as above.
  public convenience init?(_ path: String, generation: Int) throws {
    let folder = CommitFolder(path, .index)
    do {
      guard let manifest = try folder.manifest(at: Paths.join(path, Manifest.name(generation))) else {
        throw CommitError.notAStore(path, .index)
      }
      self.init(path, manifest, try manifest.segments.map { try LiveSegment($0, folder) })
    } catch let error as SystemError where error.isMissing { return nil }
  }

  /// The number of the newest commit, without opening it: for those who wait for another.
  public static func newestGeneration(_ path: String) throws -> Int {
    try CommitFolder(path, .index).newest()?.generation ?? 0
  }

  private init(_ path: String, _ manifest: Manifest, _ segments: [LiveSegment]) {
    self.path = path
    generation = manifest.generation
    analyzer = manifest.attribute
    fingerprint = Checksum.xxh3(manifest.encoded().span)
    self.segments = segments
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
