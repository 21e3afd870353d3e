internal import Bytes

/// One compression format, as a machine that is fed pieces of a member.
protocol Decompressor: AnyObject {
  /// For messages: `gzip`.
  var name: String { get }
  /// Whether a further member begins here; `bytes` holds at least six bytes or all that are left.
  func begins(_ bytes: Span<UInt8>) -> Bool
  /// Gets ready for a member.
  func restart()
  /// Decodes from `input` at `from` into `output`.
  func step(_ input: borrowing ByteBuffer, from: Int, into output: inout MutableSpan<UInt8>)
    -> DecompressorStep
}

/// What one step did.
struct DecompressorStep {
  var consumed = 0
  var produced = 0
  var isMemberEnd = false
  var problem: String?
}

/// A compressed stream unpacked on the fly: members one behind the other, zero padding between and behind them.
///
/// What can be decoded is handed out before any error, as the format's own tool does: a cut costs only the bytes that
/// are missing. Memory: the format's window.
final class FilterStream: ByteStream {
  private let source: any ByteStream
  private let decoder: any Decompressor
  private var compressed = ByteBuffer(capacity: 1 << 17)
  private var consumed = 0
  private var sourceEnded = false
  private var sourceError: ContainerError?
  private var memberIsOpen = false
  private var members = 0
  private var failure: ContainerError?

  /// Decodes what `source` holds.
  init(_ source: any ByteStream, _ decoder: any Decompressor) {
    self.source = source
    self.decoder = decoder
  }

  func read(into buffer: inout ByteBuffer, upTo size: Int) throws -> Int {
    while true {
      if let failure { throw failure }
      if consumed == compressed.count && !sourceEnded { try refill() }
      if !memberIsOpen {
        guard try openMember() else {
          if let sourceError { throw sourceError }
          return 0
        }
      }
      let before = consumed
      var result = DecompressorStep()
      buffer.append(upTo: size) { room in
        result = decoder.step(compressed, from: before, into: &room)
        return result.produced
      }
      consumed += result.consumed
      if result.isMemberEnd {
        memberIsOpen = false
        members += 1
      }
      if let problem = result.problem { failure = sourceError ?? .corrupt("\(decoder.name): \(problem)") }
      if result.produced > 0 { return result.produced }
      if memberIsOpen && sourceEnded && consumed == compressed.count && result.consumed == 0 {
        failure = sourceError ?? .truncated("\(decoder.name): the data ends before the member does")
      }
    }
  }

  // Adds compressed bytes behind those not yet consumed. An error of the source waits until they are decoded.
  private func refill() throws {
    compressed.removeFirst(consumed)
    consumed = 0
    do {
      if try source.read(into: &compressed, upTo: 1 << 17) == 0 { sourceEnded = true }
    } catch let error as ContainerError {
      sourceEnded = true
      sourceError = error
    }
  }

  // False at the end of the data.
  private func openMember() throws -> Bool {
    while true {
      while compressed.count - consumed < 6 && !sourceEnded { try refill() }
      if members > 0 { consumed = Self.afterZeros(compressed, consumed) }
      if consumed < compressed.count {
        if compressed.count - consumed >= 6 || sourceEnded { break }
      } else if sourceEnded {
        return false
      }
    }
    guard members == 0 || Self.begins(decoder, compressed, consumed) else {
      throw ContainerError.corrupt("\(decoder.name): what follows the last member is none")
    }
    decoder.restart()
    memberIsOpen = true
    return true
  }

  private static func afterZeros(_ bytes: borrowing ByteBuffer, _ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes.span[index] == 0 { index += 1 }
    return index
  }

  private static func begins(_ decoder: any Decompressor, _ bytes: borrowing ByteBuffer, _ start: Int) -> Bool
  {
    decoder.begins(bytes.span.extracting(start..<bytes.count))
  }
}
