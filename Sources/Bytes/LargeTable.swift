internal import Glibc

/// A zeroed table of plain values, on huge pages where it is large: for tables that are hit at random, where small pages
/// would cost a miss of the translation cache each time (a term table of 32 MB: 80 ns a look-up on small pages, 45 on huge
/// ones). Small tables come and go with every batch: memory of the heap is mostly there already, while a fresh page costs
/// two faults, and the second one tells all other cores (a fifth of the time of a run).
///
/// Every access is checked.
@safe
public struct LargeTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline internal let base: UnsafeMutablePointer<Element>
  /// Elements.
  public let count: Int
  /// Of the mapping; 0 where the table lies on the heap.
  private let bytes: Int

  /// `count` elements, all bits zero. `Element` must be valid so: a struct of integers.
  public init(zeroed count: Int) {
    let page = 1 << 21
    let wanted = max(count * MemoryLayout<Element>.stride, 1)
    self.count = count
    if wanted < page {
      bytes = 0
      guard let made = unsafe calloc(wanted, 1) else { fatalError("no memory for \(wanted) bytes") }
      unsafe base = made.bindMemory(to: Element.self, capacity: count)
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
    if bytes == 0 { unsafe free(base) } else { unsafe _ = munmap(base, bytes) }
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

  /// Replaces the elements from `start` on by others. Traps where they do not all lie inside.
  public mutating func replace(from start: Int, with elements: Span<Element>) {
    precondition(start >= 0 && start <= count && elements.count <= count - start)
    // SAFETY: the places are inside, and a span never lies in a table that is being written.
    unsafe elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe (base + start).update(from: first, count: source.count) }
    }
  }
}
