internal import Bytes
internal import Commits
internal import SearchIndex

extension Searcher {
  // A time that the newest live document of a term's lists is not made after: two small tables tell it, where the time
  // itself takes a block of ids and one of times, each to be verified in a process that has just begun.
  func newestBound(_ lists: [(segment: Int, info: TermInfo)], _ field: TermField) throws(SegmentError)
    -> Int64
  {
    var bound = Int64.min
    for (number, info) in lists {
      let live = segments[number].reader
      let first = try PostingsBlocks(live.segment, info, hasCounts: field.hasPositions).firstDocument()
      guard first < live.segment.documentCount, live.isLive(first) else { return .max }
      bound = max(bound, try live.segment.newestTime(block: first / SegmentFormat.packedBlock))
    }
    return bound
  }

  // The live document with the greatest id in a term's lists. Documents come newest first.
  func newestLive(_ lists: [(segment: Int, info: TermInfo)], _ field: TermField) throws(SegmentError)
    -> (hit: Hit, time: Int64)?
  {
    var best: (hit: Hit, time: Int64)?
    for (number, info) in lists {
      let place = segments[number]
      let segment = place.reader.segment
      var list = try PostingsCursor(segment, info, hasCounts: field.hasPositions)
      try list.next()
      while list.document != PostingsCursor.end, !place.reader.isLive(list.document) { try list.next() }
      if list.document == PostingsCursor.end { continue }
      let hit = try hit(list.document, place, key: 0, score: 0)
      if hit.id >= best?.hit.id ?? 0 { best = (hit, try segment.time(list.document)) }
    }
    return best
  }

  // The author's handle as its newest tweet of the segment writes it; empty where there is none.
  func handle(of hit: Hit) throws(SegmentError) -> String {
    let segment = readers[hit.folder].segments[hit.segment].segment
    let number = Int(try segment.column(.users).value(hit.document))
    if number <= 0 { return "" }
    let table = segment.userTable
    let bytes = try table.string(number - 1)
    return bytes.extracting(min(8, bytes.count)..<bytes.count).text
  }
}
