internal import Bytes

/// The file of `--seen`: the ids of earlier runs, sorted, with a checksum; replaced as a whole.
///
/// Layout: `tmseen1\n`, the count, the ids, then the chained XXH3 of blocks of 64 KiB; all numbers little-endian, 64 bits.
enum SeenFile {
  private static let magic: StaticString = "tmseen1\n"
  private static let block = 1 << 16

  /// Reads the ids into a run in `folder`; nil when there is no such file. - Throws: `SeenFileError`, `SystemError`.
  static func read(_ path: String, folder: String) throws -> IDRun? {
    guard try Syscalls.status(path) != nil else { return nil }
    var input = try InputStream(path)
    var head = ByteBuffer(capacity: 16)
    try fill(&head, 16, &input)
    guard head.count == 16, head.span.extracting(0..<8).equals(magic) else {
      throw SeenFileError(path: path, what: "it does not begin as a file of --seen does")
    }
    let stated = Int(clamping: head.span.word(at: 8))
    var chain = Chain()
    var left = stated
    var previous: UInt64 = 0
    let run = try IDRun(in: folder) { take in
      var buffer = ByteBuffer(capacity: block)
      while left > 0 {
        let want = min(left, block / 8) * 8
        buffer.removeAll()
        try fill(&buffer, want, &input)
        guard buffer.count == want else { throw SeenFileError(path: path, what: "it is cut short") }
        chain.add(buffer.span)
        for place in 0..<want / 8 {
          let id = buffer.span.word(at: 8 * place)
          guard id > previous else { throw SeenFileError(path: path, what: "its ids do not rise") }
          previous = id
          try take(id)
        }
        left -= want / 8
      }
    }
    var tail = ByteBuffer(capacity: 16)
    try fill(&tail, 9, &input)
    guard tail.count == 8, tail.span.word(at: 0) == chain.value else {
      throw SeenFileError(path: path, what: "its checksum is wrong")
    }
    return run
  }

  /// The next version of the file, with the ids of `set`: durable, and not yet in its place.
  static func next(_ set: IDSet, at path: String) throws -> AtomicFile {
    var count: UInt64 = 0
    try set.forEach { _ in count += 1 }
    var file = try AtomicFile(path)
    var buffer = ByteBuffer(capacity: block)
    buffer.append(magic)
    buffer.append(littleEndian: count)
    try file.write(buffer.span)
    buffer.removeAll()
    var chain = Chain()
    try set.forEach { id in
      buffer.append(littleEndian: id)
      if buffer.count == block {
        chain.add(buffer.span)
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    if !buffer.isEmpty { chain.add(buffer.span) }
    buffer.append(littleEndian: chain.value)
    try file.write(buffer.span)
    try file.prepare()
    return file
  }

  private static func fill(_ buffer: inout ByteBuffer, _ count: Int, _ input: inout InputStream)
    throws(SystemError)
  {
    while buffer.count < count, try input.read(into: &buffer, upTo: count - buffer.count) > 0 {}
  }

  private struct Chain {
    var value: UInt64 = 0
    mutating func add(_ bytes: Span<UInt8>) {
      var link = ByteBuffer(capacity: 16)
      link.append(littleEndian: value)
      link.append(littleEndian: Checksum.xxh3(bytes))
      value = Checksum.xxh3(link.span)
    }
  }
}

/// A file of `--seen` that cannot be used.
public struct SeenFileError: Error, Equatable {
  /// The file.
  public var path: String
  /// What is wrong with it.
  public var what: String
}
