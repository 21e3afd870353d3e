import Bytes
import Containers
import Records

@testable import Ingestion

/// Values of JSON in every shape, cut in lines or given whole, and edges: the ledger balances, and what comes out is
/// canonical. The number of bytes chooses the options.
func fuzz(_ bytes: [UInt8]) {
  var options = DecodingOptions()
  let choice = bytes.count
  options.expands = choice & 1 != 0
  options.isStrict = choice & 2 != 0
  if choice & 12 == 12 { options.maximumRecordBytes = 64 }
  let chunk = FuzzFile.lines(bytes)
  if choice & 16 != 0, !bytes.isEmpty { chunk.layout = .values([Chunk.Value(0..<bytes.count, line: 1)]) }
  chunk.isLast = true
  if choice & 96 == 96 { chunk.damage = "cut" }
  let isEdges = choice & 896 == 896
  if isEdges { options.shape = .edges }
  let owner = ArchiveOwner(id: 7, username: Array("a".utf8))
  chunk.context = MemberContext(form: isEdges ? .edges : .json, owner: choice & 32 != 0 ? owner : nil)
  var check = CanonicalCheck()
  check.check(ChunkDecoder(program: "fuzz", options: options).decode(chunk))
}
