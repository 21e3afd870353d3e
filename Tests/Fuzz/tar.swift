import Bytes

@testable import Commits
@testable import SearchIndex

/// Archives as they come, with headers whose own sums fit: a segment, a list of the dead and raised counts, refused or read.
func fuzz(_ bytes: [UInt8]) {
  var tar = bytes
  var at = 0
  while at + 512 <= tar.count, tar[at] != 0 {
    SegmentFile.sealHeader(&tar, at)
    let size = tar[at + 124..<at + 136].reduce(0) { $1 >= 48 && $1 < 56 ? $0 << 3 | Int($1 - 48) : $0 }
    at += 512 + (min(size, tar.count) + 511) / 512 * 512
  }
  FuzzFile.put(tar)
  do { _ = try Segment(FuzzFile.path) } catch let error as SegmentError {
    require(error.isNamed, error.message)
  } catch { fatalError("\(error)") }
  do { _ = try DeadDocuments.read(FuzzFile.path, documents: 8) } catch let error as SegmentError {
    require(error.isNamed, error.message)
  } catch { fatalError("\(error)") }
  do {
    let walk = RaisedWalk(try RaisedCounts(FuzzFile.path, documents: 8, checksum: 0))
    for document in 0..<8 { _ = try walk.counts(document) }
  } catch let error as SegmentError { require(error.isNamed, error.message) } catch { fatalError("\(error)") }
}
