internal import Bytes
internal import Synchronization

/// Copies one stage's output to several readers, at the pace of the slowest, on a thread of its own.
///
/// It never closes a reader's pipe at the end of its source: an end of input tells a reader that the data is whole, and
/// only the run knows that. Memory: 256 KiB.
final class Pump: Sendable {
  /// A destination. A file must take everything; a pipe's reader may leave.
  struct Sink: Sendable {
    var descriptor: Int32
    var isFile: Bool
    var name: String
  }

  /// What became of it.
  struct Outcome: Sendable {
    /// Pipes and files that are still open, and belong to the caller now.
    var open: [Sink] = []
    /// A file could not be written.
    var failure: SystemError?
  }

  private let outcome = Mutex<Outcome?>(nil)
  private let done: Int32
  private let worker = Mutex<Worker?>(nil)

  /// Starts copying. `source` belongs to the pump, the sinks until `finished` is non-nil.
  ///
  /// - Parameter done: a descriptor that gets one byte at the end.
  init(from source: Int32, to sinks: [Sink], done: Int32) {
    self.done = done
    let thread = Worker { [self] in
      Signals.blockAll()
      let result = Self.copy(source, sinks)
      Syscalls.closeQuietly(source)
      outcome.withLock { $0 = result }
      _ = try? Syscalls.writeAll(done, [0].span, path: "pump")
    }
    worker.withLock { $0 = thread }
  }

  /// Gives its thread back. Only when it is finished: else it waits for its source.
  func join() {
    let thread = worker.withLock { $0.take() }
    thread?.join()
  }

  /// The outcome once everything is copied; nil before.
  var finished: Outcome? { outcome.withLock { $0 } }

  private static func copy(_ source: Int32, _ sinks: [Sink]) -> Outcome {
    var open = sinks
    var buffer = ByteBuffer(capacity: 1 << 18)
    do throws(SystemError) {
      while !open.isEmpty {
        buffer.removeAll()
        try buffer.append(upTo: 1 << 18) { (room) throws(SystemError) -> Int in
          try Syscalls.read(source, into: &room, path: "pipe")
        }
        if buffer.isEmpty { break }
        var index = 0
        while index < open.count {
          if try give(buffer.span, to: open[index]) {
            index += 1
          } else {
            Syscalls.closeQuietly(open[index].descriptor)
            open.remove(at: index)
          }
        }
      }
    } catch {
      return Outcome(open: open, failure: error)
    }
    return Outcome(open: open)
  }

  /// False when the reader has left.
  private static func give(_ bytes: Span<UInt8>, to sink: Sink) throws(SystemError) -> Bool {
    do throws(SystemError) {
      try Syscalls.writeAll(sink.descriptor, bytes, path: sink.name)
      return true
    } catch {
      if error.isBrokenPipe && !sink.isFile { return false }
      throw error
    }
  }
}
