import Bytes
import Containers
import Records

@testable import Ingestion

/// Reads `bytes` as `ingest` reads a file. A small limit makes long values common.
func decodeInput(_ bytes: [UInt8], shape: Shape?) {
  FuzzFile.put(bytes)
  var options = DecodingOptions()
  options.shape = shape
  options.expands = bytes.count & 1 != 0
  options.clusters = bytes.count & 8 != 0
  if bytes.count & 6 == 6 { options.maximumRecordBytes = 256 }
  let source = InputSource([FuzzFile.path], options: options)
  let decoder = ChunkDecoder(program: "fuzz", options: options)
  var check = CanonicalCheck()
  while let chunk = source.next() { check.check(decoder.decode(chunk)) }
  do { try source.check() } catch is IngestError {} catch is SystemError {} catch { fatalError("\(error)") }
}
