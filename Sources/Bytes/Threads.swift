import Glibc

/// A queue of at most `capacity` items between threads: the fast side waits for the slow one.
///
/// Every field is touched under `mutex`.
@safe
public final class BoundedQueue<Item: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var items: [Item] = []
  private var closed = false
  private let capacity: Int

  /// An open, empty queue.
  public init(capacity: Int) {
    self.capacity = capacity
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe pthread_cond_destroy(changed)
    unsafe mutex.deallocate()
    unsafe changed.deallocate()
  }

  /// Adds an item, waiting for room. - Returns: false when the queue was closed meanwhile.
  @discardableResult
  public func push(_ item: Item) -> Bool {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while items.count >= capacity && !closed { unsafe pthread_cond_wait(changed, mutex) }
    if closed { return false }
    items.append(item)
    unsafe pthread_cond_broadcast(changed)
    return true
  }

  /// Takes the oldest item, waiting for one; nil when the queue is closed and empty.
  public func pop() -> Item? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while items.isEmpty && !closed { unsafe pthread_cond_wait(changed, mutex) }
    if items.isEmpty { return nil }
    let item = items.removeFirst()
    unsafe pthread_cond_broadcast(changed)
    return item
  }

  /// Ends it: waiting and later pushes fail, pops drain what is left.
  public func close() {
    unsafe pthread_mutex_lock(mutex)
    closed = true
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(mutex)
  }
}

/// A running thread.
public final class Worker: @unchecked Sendable {  // started and joined by one owner
  private var handle: pthread_t?
  private final class Start {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts `body` on a thread with an 8 MiB stack.
  public init(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
    let start = unsafe Unmanaged.passRetained(Start(body))
    let failed = unsafe pthread_create(
      &thread, &attributes,
      { raw in
        guard let raw = unsafe raw else { return nil }
        unsafe Unmanaged<Start>.fromOpaque(raw).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    unsafe pthread_attr_destroy(&attributes)
    if failed != 0 {
      // No thread to be had: do the work here rather than lose it.
      unsafe start.takeRetainedValue().body()
      handle = nil
    } else {
      handle = thread
    }
  }

  /// Waits for its end.
  public consuming func join() {
    if let thread = handle { pthread_join(thread, nil) }
  }
}

/// A value that another thread makes meanwhile.
public final class Background<Value: Sendable>: @unchecked Sendable {
  private let result = BoundedQueue<Value>(capacity: 1)
  private var worker: Worker?
  // Written before the queue closes.
  private var made: Value?

  /// Starts `make` on a thread of its own, or calls it here.
  public init(isThreaded: Bool, _ make: @escaping @Sendable () -> Value) {
    if isThreaded {
      let result = self.result
      worker = Worker { result.push(make()) }
    } else {
      made = make()
    }
  }

  /// Waits for the value. For one thread.
  public var value: Value {
    if let made { return made }
    guard let value = result.pop() else { fatalError("a background value is made exactly once") }
    worker?.join()
    worker = nil
    made = value
    return value
  }
}

/// Work spread over threads whose results come back in the order of the inputs, so that the number of threads shows in
/// no output.
public enum OrderedWork {
  private struct Job<Input: Sendable, Output: Sendable>: Sendable {
    var input: Input
    var answer: BoundedQueue<Output>
  }

  /// Calls `produce` until nil on one thread, `work` on `threads` threads (each with its own context from `context`),
  /// and `consume` in input order on the caller's thread.
  ///
  /// `produce` and `work` carry their failures in their values. When `consume` throws, the rest is abandoned.
  /// Memory: at most `3 × threads + 2` items at a time.
  public static func run<Input: Sendable, Output: Sendable, Context>(
    threads: Int, produce: @escaping @Sendable () -> Input?, context: @escaping @Sendable () -> Context,
    work: @escaping @Sendable (Context, Input) -> Output, consume: (Output) throws -> Void
  ) throws {
    if threads <= 1 {
      let own = context()
      while let input = produce() { try consume(work(own, input)) }
      return
    }
    let jobs = BoundedQueue<Job<Input, Output>>(capacity: threads)
    let order = BoundedQueue<BoundedQueue<Output>>(capacity: 2 * threads)
    let producer = Worker {
      while let input = produce() {
        let answer = BoundedQueue<Output>(capacity: 1)
        guard order.push(answer), jobs.push(Job(input: input, answer: answer)) else { break }
      }
      order.close()
      jobs.close()
    }
    let team = (0..<threads).map { _ in
      Worker {
        let own = context()
        while let job = jobs.pop() { job.answer.push(work(own, job.input)) }
      }
    }
    defer {
      order.close()
      jobs.close()
      // What nobody will use is dropped first: the producer may wait for memory that it holds.
      while jobs.pop() != nil {}
      while order.pop() != nil {}
      producer.join()
      for worker in team { worker.join() }
    }
    while let answer = order.pop() {
      guard let output = answer.pop() else { break }
      try consume(output)
    }
  }
}

extension OrderedWork {
  /// Calls `work` for 0 ..< `count` on `threads` threads; the results come back in order. Memory: all of them.
  public static func map<Output: Sendable>(
    _ count: Int, threads: Int, _ work: @escaping @Sendable (Int) -> Output
  ) -> [Output] {
    let counter = BoundedQueue<Int>(capacity: max(count, 1))
    for index in 0..<count { counter.push(index) }
    counter.close()
    var results: [Output] = []
    results.reserveCapacity(count)
    // `consume` does not throw, so neither does `run`.
    try? run(
      threads: threads, produce: { counter.pop() }, context: {}, work: { _, index in work(index) },
      consume: { results.append($0) })
    return results
  }
}
