import Activity
import Bytes
import Glibc

@testable import Commits
@testable import TimelineBuilding
@testable import Timelines

private let tweet = TweetFacts(id: 1000, at: 1_624_222_800_000, author: 1)

/// A timeline segment of any members: opened, checked, read alone and beside another, and gone on from by a writer;
/// refused in the contract's words or answered.
func fuzz(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let members =
    (0..<Int(choice & 3)).map(TimelineFormat.part) + TimelineFormat.Member.allCases.dropLast().map(\.rawValue)
  let file = SegmentFile.build(Array(bytes.dropFirst()), members: members)
  FuzzFile.put(file)
  do {
    let segment = try TimelineSegment(FuzzFile.path)
    // A check that finds nothing promises that nothing else does.
    var isSound = false
    do throws(SegmentError) {
      try segment.archive.checkAll()
      isSound = true
    } catch { fatalError("sums that were made to fit do not: \(error.message)") }
    do throws(SegmentError) { try TimelineSegmentCheck(segment).run() } catch {
      require(error.isNamed, error.message)
      isSound = false
    }
    do {
      for segments in [[segment], [segment, segment]] { try use(segments) }
      if choice & 4 != 0 { try goOn(file, isSound: isSound) }
    } catch let error as SegmentError {
      require(error.isNamed, error.message)
      require(!isSound, "a full check found nothing, and then: \(error.message)")
    }
  } catch let error as SegmentError { require(error.isNamed, error.message) } catch { fatalError("\(error)") }
}

private func use(_ segments: [TimelineSegment]) throws {
  var manifest = Manifest(.timelines)
  manifest.attribute = "shard=0/1"
  let store = try TimelineStore("fuzz", manifest, segments)
  var line = ByteBuffer()
  let users = try store.users().prefix(64)
  for user in users + [0, 12345] {
    for time in [nil, Int64(1_624_222_980_000)] {
      var timeline = try Timeline(store, of: user, at: time)
      while let entry = try timeline.next() {
        line.removeAll()
        DeliveryRecord.append(user, entry, to: &line)
      }
      var made = try UserTimeline(store, by: user, at: time)
      while let entry = try made.next() { require(entry.author == user, "a tweet of another author") }
    }
    if let name = try store.name(of: user) { _ = try store.user(named: name.span.text) }
  }
  for account in try store.popular() { _ = try store.name(of: account.user) }
  _ = try store.user(named: "u1")
}

// A run that begins with this segment, adds a tweet and makes all one.
private func goOn(_ file: [UInt8], isSound: Bool) throws {
  var template = Array("/dev/shm/fuzz-XXXXXX".utf8CString)
  guard let made = unsafe mkdtemp(&template) else { fatalError("mkdtemp") }
  let path = unsafe String(cString: made)
  defer {
    for folder in [path + "/segments", path] {
      for name in (try? Syscalls.list(folder)) ?? [] { _ = try? Syscalls.unlink(folder + "/" + name) }
      _ = try? Syscalls.removeDirectory(folder)
    }
  }
  let folder = CommitFolder(path, .timelines)
  try folder.prepare()
  var segment = try AtomicFile(folder.segment("seg-0000000001-0.tar"))
  try segment.write(file.span)
  try segment.commit()
  let tar = try MappedBytes(file: folder.segment("seg-0000000001-0.tar"))
  var sum: UInt64 = 0
  for member in try TarIndex.read(tar, file: path) where member.name == ChecksumTable.member {
    sum = tar.load(member.range.upperBound - 8, as: UInt64.self)
  }
  var manifest = Manifest(.timelines)
  manifest.attribute = "shard=0/1"
  manifest.generation = 1
  manifest.segments = [
    Manifest.Segment(name: "seg-0000000001-0.tar", size: file.count, checksum: sum, documents: 0)
  ]
  try folder.publish(manifest)
  var settings = FanoutSettings()
  settings.activeFor = 86_400_000
  settings.cap = 3
  let writer = try TimelineWriter(path, settings)
  writer.folds = true
  var batch = ActivityBatch()
  batch.tweets = [tweet]
  try writer.add(batch)
  try writer.commit()
  let problems = try TimelineCheck.problems(path, threads: 1)
  require(!isSound || problems.isEmpty, "a writer wrote what a check refuses: \(problems)")
}
