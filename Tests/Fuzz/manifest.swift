import Bytes

@testable import SearchIndex

/// A manifest whose checksum fits: refused in the contract's words, or written again as one that says the same.
func fuzz(_ bytes: [UInt8]) {
  var file = ByteBuffer()
  file.append(bytes.span)
  file.append(0x0A)
  let sum = Checksum.xxh3(file.span)
  file.append(string: "{\"xxh3\":\"\(String(sum, radix: 16))\"}\n")
  do throws(SegmentError) {
    let manifest = try Manifest.decode(file, file: "m")
    let again = try Manifest.decode(manifest.encoded(), file: "m")
    require(again.generation == manifest.generation && again.files == manifest.files, "read back differently")
  } catch { require(error.isNamed, error.message) }
}
