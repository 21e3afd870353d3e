import Follows
import Foundation
import TestSupport
import Testing

@testable import TimelineBuilding
@testable import Timelines

@Suite struct SegmentMakerTests {
  @Test("parts of the timelines are cut alike, however many threads share the work") func parts() throws {
    var log = RelationLog()
    for user in UInt64(1)...1200 {
      for author in UInt64(1)...5 where user != author {
        log.add(RelationChange(.follow, user, author, at: RelationChange.oldest, isOn: true))
      }
    }
    let graph = log.finish(threads: 1)
    var content = SegmentContent()
    content.edges = .all
    for number in UInt64(0)..<500 {
      content.add(TweetFacts(id: number + 1, at: Int64(number), author: number % 5 + 1), isHidden: false)
    }
    content.newest = 499
    let place = TemporaryDirectory()
    var files: [Data] = []
    for threads in [1, 3] {
      var settings = FanoutSettings()
      settings.threads = threads
      let active = [Bool](repeating: true, count: graph.users.count)
      let maker = SegmentMaker(graph: graph, settings: settings, isActive: active, partSize: 50_000)
      let path = place.file("\(threads).tar")
      _ = try maker.write(content, to: path)
      let segment = try TimelineSegment(path)
      #expect(segment.header.parts > 5)
      files.append(try Data(contentsOf: URL(fileURLWithPath: path)))
      var list: [UInt32] = []
      try segment.timeline(1100, into: &list)
      #expect(list == (0..<500).reversed().map { UInt32($0) })
    }
    #expect(files[0] == files[1])
  }
}
