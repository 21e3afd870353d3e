import CMalloc
import Testing

@testable import Bytes

@Suite(.serialized) struct TemporaryFilesTests {
  @Test("names that were forgotten keep no memory: a stream that commits for months must not grow")
  func noLeak() {
    let long = String(repeating: "x", count: 4000)
    let before = mallinfo2().uordblks
    for number in 0..<25_000 {
      TemporaryFiles.remember("\(long)\(number)")
      TemporaryFiles.forget("\(long)\(number)")
    }
    // A hundred million bytes, were they kept; other tests allocate meanwhile, but less.
    #expect(Int(mallinfo2().uordblks) - Int(before) < 50_000_000)
  }

  @Test("more names than there is room for are left to the next run's sweep") func manyNames() {
    let names = (0..<200).map { "/nowhere/tweetmill-\($0)" }
    for name in names { TemporaryFiles.remember(name) }
    for name in names { TemporaryFiles.forget(name) }
    TemporaryFiles.forget("/nowhere/never-remembered")
  }
}
