internal import Glibc

/// A zeroed table of plain values on huge pages: for tables that are hit at random, where small pages would cost a miss
/// of the translation cache each time (a term table of 32 MB: 80 ns a look-up on small pages, 45 on huge ones).
///
/// Every access is checked. Not for small tables: it takes at least a page.
@safe
public struct LargeTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline internal let base: UnsafeMutablePointer<Element>
  /// Elements.
  public let count: Int
  private let bytes: Int

  /// `count` elements, all bits zero. `Element` must be valid so: a struct of integers.
  public init(zeroed count: Int) {
    let page = 1 << 21
    let wanted = max(count * MemoryLayout<Element>.stride, 1)
    bytes = wanted < page ? (wanted + 4095) & ~4095 : (wanted + page - 1) & ~(page - 1)
    self.count = count
    guard let mapped = unsafe mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe mapped != MAP_FAILED
    else { fatalError("no memory for \(bytes) bytes") }
    if bytes >= page { unsafe _ = madvise(mapped, bytes, 14) }  // MADV_HUGEPAGE
    unsafe base = mapped.bindMemory(to: Element.self, capacity: count)
  }

  deinit { unsafe _ = munmap(base, bytes) }

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
