import Bytes

@testable import Commits
@testable import SearchIndex

/// A manifest whose checksum fits: refused in the contract's words, found to be of another kind of store, or written again
/// as one that says the same.
func fuzz(_ bytes: [UInt8]) {
  var file = ByteBuffer()
  file.append(bytes.span)
  file.append(0x0A)
  let sum = Checksum.xxh3(file.span)
  file.append(string: "{\"xxh3\":\"\(String(sum, radix: 16))\"}\n")
  do throws(SegmentError) {
    guard let manifest = try Manifest.decode(file, .index, file: "m") else { return }
    let again = try Manifest.decode(manifest.encoded(), .index, file: "m")
    require(
      again?.generation == manifest.generation && again?.files == manifest.files, "read back differently")
  } catch { require(error.isNamed, error.message) }
}
