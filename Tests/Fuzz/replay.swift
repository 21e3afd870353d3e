import Bytes
import Containers

@testable import Ingestion

/// A file of `--rejects`, read again: refused with its line, or its values are decoded.
func fuzz(_ bytes: [UInt8]) {
  FuzzFile.put(bytes)
  let source = ReplaySource(FuzzFile.path)
  let decoder = ChunkDecoder(program: "fuzz", options: DecodingOptions())
  var check = CanonicalCheck()
  while let chunk = source.next() { check.check(decoder.decode(chunk)) }
  do { try source.check() } catch is ReplayError {} catch is DamagedInput {} catch { fatalError("\(error)") }
}
