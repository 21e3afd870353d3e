internal import Bytes
internal import CICU

/// ICU's normaliser, word breaker and host names: the only file that calls them. One thread at a time.
@safe
struct ICU: ~Copyable {
  private let handle: OpaquePointer

  /// - Precondition: ICU's data is installed (it is part of the library that the program links).
  init() {
    guard let handle = unsafe tm_icu_create() else { preconditionFailure("ICU has no data") }
    unsafe self.handle = handle
  }

  deinit { unsafe tm_icu_destroy(handle) }

  /// Properties and folds of 256 code points, appended as pairs to `entries`.
  borrowing func appendPage(from first: UInt32, to entries: inout [UInt64]) {
    var properties = [UInt32](repeating: 0, count: 256)
    var folds = properties
    // SAFETY: both arrays hold the 256 values that the shim writes.
    unsafe properties.withUnsafeMutableBufferPointer { p in
      unsafe folds.withUnsafeMutableBufferPointer { f in
        unsafe tm_icu_page(handle, first, p.baseAddress, f.baseAddress)
      }
    }
    for i in 0..<256 { entries.append(UInt64(folds[i]) << 32 | UInt64(properties[i])) }
  }

  /// Appends NFKC_Casefold of `text`, without diacritics when `strip` is set. Appends nothing when ICU fails.
  borrowing func fold(_ text: Span<UInt8>, strip: Bool, into out: inout ByteBuffer) {
    // SAFETY: the shim reads `text` and writes at most the capacity it is given.
    unsafe transform(text, into: &out) { source, length, target, capacity in
      unsafe tm_icu_fold(handle, source, length, strip ? 1 : 0, target, capacity)
    }
  }

  /// The same of a buffer's content.
  borrowing func fold(_ text: borrowing ByteBuffer, strip: Bool, into out: inout ByteBuffer) {
    fold(text.span, strip: strip, into: &out)
  }

  /// Appends NFC of `text`.
  borrowing func compose(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    // SAFETY: as `fold`.
    unsafe transform(text, into: &out) { source, length, target, capacity in
      unsafe tm_icu_compose(handle, source, length, target, capacity)
    }
  }

  private borrowing func transform(
    _ text: Span<UInt8>, into out: inout ByteBuffer,
    _ call: (UnsafePointer<UInt8>?, Int32, UnsafeMutablePointer<UInt8>?, Int32) -> Int32
  ) {
    if text.isEmpty { return }
    var room = text.count * 2 + 64
    while true {
      var needed: Int32 = 0
      let limit = room
      out.append(upTo: limit) { target in
        // SAFETY: both views hold the bytes that are named, for the length of the call.
        unsafe text.withUnsafeBufferPointer { source in
          unsafe target.withUnsafeMutableBufferPointer { target in
            needed = unsafe call(source.baseAddress, Int32(source.count), target.baseAddress, Int32(limit))
          }
        }
        return needed <= limit ? max(Int(needed), 0) : 0
      }
      if Int(needed) <= limit { return }
      room = Int(needed)
    }
  }

  /// Word boundaries by ICU's rules and dictionaries: byte offsets after 0, the last is `text.count`.
  borrowing func words(of text: Span<UInt8>, into ends: inout [Int32]) {
    ends.removeAll(keepingCapacity: true)
    if text.isEmpty { return }
    let limit = text.count
    ends.append(contentsOf: repeatElement(0, count: limit))
    var found: Int32 = 0
    // SAFETY: `ends` holds `limit` numbers, and there is at most one boundary per byte.
    unsafe text.withUnsafeBufferPointer { source in
      unsafe ends.withUnsafeMutableBufferPointer { target in
        found = unsafe tm_icu_words(
          handle, source.baseAddress, Int32(limit), target.baseAddress, Int32(limit))
      }
    }
    ends.removeLast(limit - max(Int(found), 0))
    if ends.isEmpty { ends.append(Int32(limit)) }
  }

  /// Bytes of a host in its ASCII form; nil when it has none.
  borrowing func asciiLength(ofHost host: Span<UInt8>) -> Int? {
    // SAFETY: the shim only reads `host`.
    let length = unsafe host.withUnsafeBufferPointer {
      unsafe tm_icu_host_length(handle, $0.baseAddress, Int32($0.count))
    }
    return length < 0 ? nil : Int(length)
  }
}
