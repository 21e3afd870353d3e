import Bytes
import Testing

@testable import Containers

/// Compressed streams, fed in pieces of any size.
@Suite struct FilterStreamTests {
  /// "hello\n" by gzip -n, then "world\n".
  static let hello: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 231, 2, 0, 32, 48, 58, 54, 6, 0, 0, 0,
  ]

  final class Pieces: ByteStream {
    var rest: ArraySlice<UInt8>
    let size: Int
    init(_ bytes: [UInt8], _ size: Int) { (rest, self.size) = (bytes[...], size) }
    func read(into buffer: inout ByteBuffer, upTo limit: Int) throws -> Int {
      let part = Array(rest.prefix(min(size, limit)))
      rest = rest.dropFirst(part.count)
      buffer.append(part.span)
      return part.count
    }
  }

  private func unpack(_ bytes: [UInt8], _ size: Int) -> (text: String, error: ContainerError?) {
    let stream = FilterStream(Pieces(bytes, size), GzipDecoder())
    var out = ByteBuffer()
    do {
      while try stream.read(into: &out, upTo: 3) > 0 {}
    } catch let error as ContainerError { return (out.span.text, error) } catch {}
    return (out.span.text, nil)
  }

  @Test(
    "members one behind the other and zeros between them give all their bytes", arguments: [1, 2, 7, 1000])
  func members(size: Int) {
    let two = unpack(Self.hello + [0, 0, 0] + Self.hello + [0], size)
    #expect(two.text == "hello\nhello\n")
    #expect(two.error == nil)
  }

  @Test("every truncation is told after the bytes before it", arguments: 1..<26)
  func truncation(length: Int) {
    let cut = unpack(Self.hello + Self.hello.prefix(length), 5)
    #expect(cut.text.hasPrefix("hello\n"))
    #expect(cut.error == nil ? length == 26 : true)
    #expect(cut.error != nil)
  }

  @Test("junk behind the last member is told, and costs nothing")
  func junk() {
    let found = unpack(Self.hello + Array("junkjunk".utf8), 4)
    #expect(found.text == "hello\n")
    #expect(found.error != nil)
  }
}
