import Bytes
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct ThreadsTests {
  /// Numbers from 0, each given once.
  final class Counter: Sendable {
    let next = Atomic<Int>(0)
    let limit: Int
    init(_ limit: Int) { self.limit = limit }
    func take() -> Int? {
      let value = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return value < limit ? value : nil
    }
  }

  struct Stop: Error, Equatable { var at: Int }

  @Test("results come in the order of the inputs at any number of threads", arguments: [1, 2, 7])
  func order(threads: Int) throws {
    let counter = Counter(300)
    var results: [Int] = []
    try OrderedWork.run(
      threads: threads, produce: { counter.take() }, context: {},
      work: { (_: Void, input: Int) -> Int in
        // Early inputs take longest, so that order is not luck.
        if input % 10 == 0 { usleep(300) }
        return input * input
      }, consume: { results.append($0) })
    #expect(results == (0..<300).map { $0 * $0 })
  }

  @Test("a consumer that throws ends the run at once, and no thread is left waiting", arguments: [1, 2, 7])
  func consumerThrows(threads: Int) {
    let counter = Counter(1_000_000)
    var seen = 0
    #expect(throws: Stop(at: 5)) {
      try OrderedWork.run(
        threads: threads, produce: { counter.take() }, context: {}, work: { (_: Void, input: Int) in input },
        consume: { (output: Int) in
          seen += 1
          if output == 5 { throw Stop(at: output) }
        })
    }
    #expect(seen == 6)
    #expect(counter.next.load(ordering: .relaxed) < 1000)
  }

  @Test("each worker has a context of its own") func contexts() throws {
    let made = Atomic<Int>(0)
    let counter = Counter(50)
    try OrderedWork.run(
      threads: 3, produce: { counter.take() },
      context: { made.wrappingAdd(1, ordering: .relaxed).newValue }, work: { context, _ in context },
      consume: { (number: Int) in #expect((1...3).contains(number)) })
    #expect(made.load(ordering: .relaxed) <= 3)
  }

  @Test("map keeps its order, and works for nothing too", arguments: [1, 2, 7]) func map(threads: Int) {
    #expect(OrderedWork.map(0, threads: threads) { $0 } == [])
    #expect(OrderedWork.map(100, threads: threads) { $0 + 1 } == Array(1...100))
  }

  @Test("a queue never holds more than its capacity, and a closed one drains") func queue() {
    let queue = BoundedQueue<Int>(capacity: 3)
    let pushed = Atomic<Int>(0)
    let worker = Worker {
      for value in 0..<100 where queue.push(value) { pushed.wrappingAdd(1, ordering: .relaxed) }
      queue.close()
    }
    usleep(20_000)
    #expect(pushed.load(ordering: .relaxed) == 3)
    var got: [Int] = []
    while let value = queue.pop() { got.append(value) }
    worker.join()
    #expect(got == Array(0..<100))
    #expect(!queue.push(1))
  }

  @Test("closing wakes who waits for room and who waits for an item") func close() {
    let full = BoundedQueue<Int>(capacity: 1)
    full.push(1)
    let accepted = Atomic<Bool>(true)
    let pusher = Worker { accepted.store(full.push(2), ordering: .relaxed) }
    let empty = BoundedQueue<Int>(capacity: 1)
    let answered = Atomic<Bool>(true)
    let popper = Worker { answered.store(empty.pop() != nil, ordering: .relaxed) }
    usleep(10_000)
    full.close()
    empty.close()
    pusher.join()
    popper.join()
    #expect(!accepted.load(ordering: .relaxed) && !answered.load(ordering: .relaxed))
    #expect(full.pop() == 1 && full.pop() == nil)
  }
}
