internal import Glibc

/// A zeroed table of plain values on huge pages: for tables that are hit at random, where small pages would cost a miss
/// of the translation cache each time (a term table of 32 MB: 80 ns a look-up on small pages, 45 on huge ones).
///
/// Every access is checked. A table smaller than a huge page comes from the heap: many short-lived ones are cheap.
@safe
public struct LargeTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline internal let base: UnsafeMutablePointer<Element>
  /// Elements.
  public let count: Int
  // What was mapped; 0 for a table on the heap.
  private let bytes: Int

  /// `count` elements, all bits zero. `Element` must be valid so: a struct of integers.
  public init(zeroed count: Int) {
    precondition(MemoryLayout<Element>.alignment <= 16)  // what the heap gives
    let page = 1 << 21
    let wanted = max(count * MemoryLayout<Element>.stride, 1)
    self.count = count
    if wanted < page {
      bytes = 0
      guard let block = unsafe calloc(wanted, 1) else { fatalError("no memory for \(wanted) bytes") }
      unsafe base = block.bindMemory(to: Element.self, capacity: count)
      return
    }
    bytes = (wanted + page - 1) & ~(page - 1)
    guard let mapped = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe mapped != MAP_FAILED
    else { fatalError("no memory for \(bytes) bytes") }
    unsafe _ = madvise(mapped, bytes, 14)  // MADV_HUGEPAGE
    unsafe base = mapped.bindMemory(to: Element.self, capacity: count)
  }

  deinit {
    if bytes == 0 {
      unsafe free(base)
    } else {
      unsafe _ = munmap(base, bytes)
    }
  }

  /// Element `index`. Traps outside the table. - Complexity: O(1).
  @inlinable public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      // SAFETY: the index is inside; the mapping is zeroed, which is a valid element.
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      // SAFETY: as above.
      unsafe base[index] = newValue
    }
  }
}
